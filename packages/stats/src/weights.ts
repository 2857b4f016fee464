/** How often each row of a sample counts: all 1 for the sample itself, 0, 1, 2, … in a resample of it. */
export type Weights = Int32Array

/** A number that follows from a fixed sample and how often each of its rows counts; NaN where it is undefined. */
export type Statistic = (weights?: Weights) => number

/** Every row once. */
export function unitWeights(rows: number): Weights {
  return new Int32Array(rows).fill(1)
}
