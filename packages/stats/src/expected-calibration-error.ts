import { calibrationBin, calibrationBins } from './calibration-bin.ts'
import { type Statistic, unitWeights } from './weights.ts'

/**
 * Mean gap between the mean score and the share of hits in ten equal-width bins (Naeini et al., 2015).
 * @param hit 1 where what the score is about came true, else 0.
 */
export function expectedCalibrationError(hit: ArrayLike<number>, scores: ArrayLike<number>): Statistic {
  const bins = Uint8Array.from(scores, calibrationBin)
  const gaps = Float64Array.from(scores, (score, row) => hit[row]! - score)
  const once = unitWeights(bins.length)
  return (weights = once) => {
    const sums = new Float64Array(calibrationBins)
    let total = 0
    for (let row = 0; row < bins.length; row++) {
      sums[bins[row]!]! += weights[row]! * gaps[row]!
      total += weights[row]!
    }
    return sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / total
  }
}
