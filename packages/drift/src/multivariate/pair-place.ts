/** Where the pair (i, k), i ≤ k, of n columns stands in the upper triangle that is written row by row. */
export function pairPlace(i: number, k: number, n: number): number {
  return i * n - (i * (i - 1)) / 2 + k - i
}
