/** The next 32 random bits, as a whole number from 0 to 2³² − 1. */
export type Random = () => number

/** splitmix32: turns any seed into well-mixed words of state. */
function splitmix32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
}

/**
 * xoshiro128** (Blackman and Vigna, 2018): a small generator with period 2¹²⁸ − 1, the same on every machine.
 * @param seed a number, or the four words of state.
 */
export function xoshiro128(seed: number | readonly [number, number, number, number]): Random {
  const mix = typeof seed === 'number' ? splitmix32(seed) : null
  let [a, b, c, d] = mix
    ? [mix() | 0, mix() | 0, mix() | 0, mix() | 0]
    : (seed as readonly [number, number, number, number])
  return () => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const t = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = (d << 11) | (d >>> 21)
    return result
  }
}

/** A whole number from 0 to `limit` − 1; its bias is below limit / 2³². */
export function randomBelow(random: Random, limit: number): number {
  return Math.floor((random() / 4294967296) * limit)
}
