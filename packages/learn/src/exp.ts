const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const LOG2_E = Math.LOG2E

/** 2^k for k from -1074 to 1023. */
const powers = new Float64Array(2098)
for (let k = 0, up = 1; k <= 1023; k++, up *= 2) powers[k + 1074] = up
for (let k = 1, down = 0.5; k <= 1074; k++, down /= 2) powers[1074 - k] = down

/**
 * e^x in plain float64 arithmetic, within 1 ulp: `Math.exp` may differ between engines, and a model's bytes must not.
 * Source: fdlibm e_exp.c, Sun Microsystems 1993.
 */
export function exp(x: number): number {
  if (x > 709) return x > 709.782712893384 ? Infinity : Math.E * exp(x - 1)
  if (x < -708) return x < -745.14 ? 0 : exp(x + 64) * 1.6038108905486377e-28
  const k = Math.floor(x * LOG2_E + 0.5)
  const high = x - k * LN2_HIGH
  const low = k * LN2_LOW
  const r = high - low
  const t = r * r
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8))))
  return (1 - (low - (r * c) / (2 - c) - high)) * powers[k + 1074]!
}

/** 1 / (1 + e^-x), the same on every engine. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x))
}
