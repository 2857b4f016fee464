const halfLog2Pi = 0.9189385332046728
/** B₂ⱼ / (2j (2j − 1)) for j = 1, 2, … */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400]

/**
 * Natural logarithm of the gamma function of a positive number, to about 1e-15 of its size. scipy: special.gammaln.
 * Stirling's series from 15 on, and the recurrence Γ(x + 1) = x Γ(x) below.
 */
export function logGamma(x: number): number {
  let shift = 1
  let at = x
  for (; at < 15; at++) shift *= at
  const inverse = 1 / (at * at)
  let series = 0
  for (let j = stirling.length - 1; j >= 0; j--) series = series * inverse + stirling[j]!
  return (at - 0.5) * Math.log(at) - at + halfLog2Pi + series / at - Math.log(shift)
}
