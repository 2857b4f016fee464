import { calibrationBin, calibrationBins } from './calibration-bin.ts'

/** Mean score, share of positive rows and number of rows of each bin that has any. scikit-learn: calibration_curve, n_bins=10. */
export function calibrationCurve(
  positive: ArrayLike<number>,
  scores: ArrayLike<number>,
): { score: number; share: number; rows: number }[] {
  const bins = Array.from({ length: calibrationBins }, () => ({ score: 0, share: 0, rows: 0 }))
  for (let row = 0; row < scores.length; row++) {
    const bin = bins[calibrationBin(scores[row]!)]!
    bin.score += scores[row]!
    bin.share += positive[row]!
    bin.rows++
  }
  return bins
    .filter((bin) => bin.rows > 0)
    .map(({ score, share, rows }) => ({ score: score / rows, share: share / rows, rows }))
}
