/** Below this size the engine's own sort is faster. */
const small = 50_000
const digits = 65_536

/** Turns doubles, as pairs of words with the low one first, into integers of the same order; `back` undoes it. */
function orderBits(words: Uint32Array, back: boolean): void {
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1]!
    // Negative numbers are turned around altogether, the others get a sign that is larger.
    const negative = high >>> 31 === (back ? 0 : 1)
    words[i] = negative ? ~words[i]! : words[i]!
    words[i + 1] = negative ? ~high : high ^ 0x80000000
  }
}

/**
 * Numbers in rising order, NaN last; the sample stays as it is. Large samples are sorted digit by digit (radix sort, four
 * digits of 16 bits), which takes half of the time of comparing them.
 */
export function sortNumbers(sample: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(sample)
  if (copy.length < small) return copy.sort()
  // A NaN may carry a sign, by which it would come first.
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i]!)) copy[i] = Number.NaN
  let from = new Uint32Array(copy.buffer)
  let to = new Uint32Array(from.length)
  orderBits(from, false)
  const counts = Array.from({ length: 4 }, () => new Int32Array(digits))
  for (let i = 0; i < from.length; i += 2) {
    const low = from[i]!
    const high = from[i + 1]!
    counts[0]![low & 0xffff]!++
    counts[1]![low >>> 16]!++
    counts[2]![high & 0xffff]!++
    counts[3]![high >>> 16]!++
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
    if (most === copy.length) continue
    const word = digit >> 1
    const shift = (digit & 1) * 16
    for (let i = 0; i < from.length; i += 2) {
      const place = 2 * places[(from[i + word]! >>> shift) & 0xffff]!++
      to[place] = from[i]!
      to[place + 1] = from[i + 1]!
    }
    const swap = from
    from = to
    to = swap
  }
  orderBits(from, true)
  return new Float64Array(from.buffer)
}
