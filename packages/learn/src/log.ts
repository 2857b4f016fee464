const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10

const view = new DataView(new ArrayBuffer(8))

/**
 * Natural logarithm in plain float64 arithmetic, within 1 ulp for normal numbers, the same on every engine.
 * Source: fdlibm e_log.c, Sun Microsystems 1993.
 */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? x : NaN
  if (x < 2.2250738585072014e-308) return log(x * 2 ** 54) - 54 * (LN2_HIGH + LN2_LOW)
  view.setFloat64(0, x)
  let high = view.getUint32(0)
  let k = (high >>> 20) - 1023
  high &= 0x000fffff
  const over = (high + 0x95f64) & 0x100000
  view.setUint32(0, high | (over ^ 0x3ff00000))
  k += over >>> 20
  const f = view.getFloat64(0) - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const t1 = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const t2 = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const half = 0.5 * f * f
  return k * LN2_HIGH - (half - (s * (half + t1 + t2) + k * LN2_LOW) - f)
}
