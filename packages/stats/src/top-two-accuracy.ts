import { weightedMean } from './weighted-mean.ts'
import type { Statistic } from './weights.ts'

/**
 * Share of rows whose class has one of the two highest scores; of tied classes the later ranks first.
 * scikit-learn: top_k_accuracy_score, k=2.
 * @param scores rows × classes, row-major.
 */
export function topTwoAccuracy(labels: ArrayLike<number>, scores: ArrayLike<number>, classes: number): Statistic {
  return weightedMean(
    Uint8Array.from(labels, (label, row) => {
      const own = scores[row * classes + label]!
      let above = 0
      for (let k = 0; k < classes; k++) {
        const score = scores[row * classes + k]!
        if (score > own || (score === own && k > label)) above++
      }
      return above < 2 ? 1 : 0
    }),
  )
}
