const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** The 16 bits of the IEEE 754 half that is nearest to a number; ties go to the even one. */
export function toHalf(value: number): number {
  float[0] = value
  const word = bits[0]!
  const sign = (word >>> 16) & 0x8000
  const rest = word & 0x7fffffff
  if (rest > 0x7f800000) return sign | 0x7e00
  if (rest >= 0x477ff000) return sign | 0x7c00
  if (rest >= 0x38800000) {
    const shifted = rest - 0x38000000
    return sign | ((shifted + 0xfff + ((shifted >>> 13) & 1)) >>> 13)
  }
  // Subnormal halves are multiples of 2^-24.
  float[0] = Math.abs(value)
  const scaled = float[0] * 2 ** 24
  const floor = Math.floor(scaled)
  const gap = scaled - floor
  return sign | (gap > 0.5 || (gap === 0.5 && floor % 2 === 1) ? floor + 1 : floor)
}

/** The number that 16 bits of an IEEE 754 half stand for. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 31
  const fraction = half & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
