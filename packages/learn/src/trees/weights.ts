/** The least power of two that is at least `x`. */
function powerAbove(x: number): number {
  let power = 1
  while (power < x) power *= 2
  while (power / 2 >= x && power > 1e-300) power /= 2
  return power
}

/**
 * How gradients and hessians of one round are written so that their sums are exact. A row's weight is `unit` + hessian,
 * so that one sum carries both the row count and the hessians; gradients and hessians are rounded to whole multiples of
 * a power of two that leaves room for `rows` of them in 53 bits.
 */
export interface Weights {
  readonly unit: number
  /** Adding and taking away this number rounds a gradient. */
  readonly gradientRounder: number
  readonly hessianRounder: number
}

/** Chooses the roundings for `rows` rows with gradients and hessians up to the given sizes. */
export function weightsFor(rows: number, largestGradient: number, largestHessian: number): Weights {
  const unit = powerAbove((rows + 1) * largestHessian)
  return {
    unit,
    // 1.5 · 2^52 steps, where a step is the largest possible sum / 2^52 (gradients, signed) or / 2^53 (weights).
    gradientRounder: 1.5 * powerAbove((rows + 1) * Math.max(largestGradient, 1e-200)),
    hessianRounder: 0.75 * powerAbove(rows + 1) * unit,
  }
}

/** Rows in a sum of weights. */
export function countOf(weight: number, unit: number): number {
  return Math.floor(weight / unit)
}
