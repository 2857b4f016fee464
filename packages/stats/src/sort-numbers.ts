/** Below this size the engine's own sort is faster. */
const small = 50_000
const digits = 65_536

/**
 * Numbers in rising order, NaN last; the sample stays as it is. Large samples are sorted digit by digit (radix sort, four
 * digits of 16 bits), which takes a third of the time of comparing them.
 */
export function sortNumbers(sample: ArrayLike<number>): Float64Array {
  let from = Float64Array.from(sample)
  const size = from.length
  if (size < small) return from.sort()
  // A NaN may carry a sign, by which it would come first.
  for (let i = 0; i < size; i++) if (Number.isNaN(from[i]!)) from[i] = Number.NaN
  let to = new Float64Array(size)
  const counts = Array.from({ length: 4 }, () => new Int32Array(digits))
  const [first, second, third, fourth] = counts as [Int32Array, Int32Array, Int32Array, Int32Array]
  const all = new Int32Array(from.buffer)
  for (let i = 0; i < all.length; i += 2) {
    // Negative numbers are turned around altogether, the others get a sign that is larger.
    const turn = all[i + 1]! >> 31
    const low = all[i]! ^ turn
    const high = all[i + 1]! ^ (turn | 0x80000000)
    first[low & 0xffff]!++
    second[low >>> 16]!++
    third[high & 0xffff]!++
    fourth[high >>> 16]!++
  }
  for (const [digit, places] of counts.entries()) {
    let next = 0
    let most = 0
    for (let value = 0; value < digits; value++) {
      const count = places[value]!
      places[value] = next
      next += count
      if (count > most) most = count
    }
    if (most === size) continue
    const words = new Int32Array(from.buffer)
    const word = digit >> 1
    const shift = (digit & 1) * 16
    const sign = word === 1 ? 0x80000000 : 0
    for (let i = 0; i < size; i++) {
      const turned = words[2 * i + word]! ^ ((words[2 * i + 1]! >> 31) | sign)
      to[places[(turned >>> shift) & 0xffff]!++] = from[i]!
    }
    const swap = from
    from = to
    to = swap
  }
  return from
}
