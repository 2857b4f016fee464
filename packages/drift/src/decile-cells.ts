/** Pools neighbouring bins into about ten cells of equal counts in the reference. */
export function decileCells(reference: readonly number[], current: readonly number[]): [number[], number[]] {
  const total = reference.reduce((sum, count) => sum + count, 0)
  const cells: [number[], number[]] = [[], []]
  let below = 0
  let open = false
  for (const [k, count] of reference.entries()) {
    if (!open) for (const side of cells) side.push(0)
    cells[0][cells[0].length - 1]! += count
    cells[1][cells[1].length - 1]! += current[k]!
    below += count
    open = below < (cells[0].length * total) / 10 || below === total
  }
  return cells
}
