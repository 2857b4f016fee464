/** Equal-width bins of scores from 0 to 1. */
export const calibrationBins = 10

/** The bin of a score: (0, 0.1] is 0 with 0 itself, (0.9, 1] is 9; edges as scikit-learn's calibration_curve. */
export function calibrationBin(score: number): number {
  let bin = 0
  while (bin < calibrationBins - 1 && score > (bin + 1) * 0.1) bin++
  return bin
}
