import { expectedAuc } from './expected-auc.ts'

/** Metrics of a binary classifier that are expected where nobody knows the labels yet; NaN where undefined. */
export interface ExpectedPerformance {
  readonly accuracy: number
  readonly precision: number
  readonly recall: number
  readonly specificity: number
  readonly f1: number
  readonly roc_auc: number
}

/**
 * Confidence-based performance estimation: what a binary classifier's metrics will be, if its calibrated scores are the
 * chances of the positive class. NannyML: CBPE. It cannot see concept drift, which makes the scores wrong.
 * @param chances calibrated scores; @param predicted 1 for the positive class; @param scores what rows are ranked by.
 */
export function expectedPerformance(
  chances: ArrayLike<number>,
  predicted: ArrayLike<number>,
  scores: ArrayLike<number> = chances,
): ExpectedPerformance {
  let [truePositive, falsePositive, trueNegative, falseNegative] = [0, 0, 0, 0]
  for (let i = 0; i < chances.length; i++) {
    const chance = chances[i]!
    if (predicted[i] === 1) {
      truePositive += chance
      falsePositive += 1 - chance
    } else {
      falseNegative += chance
      trueNegative += 1 - chance
    }
  }
  return {
    accuracy: (truePositive + trueNegative) / chances.length,
    precision: truePositive / (truePositive + falsePositive),
    recall: truePositive / (truePositive + falseNegative),
    specificity: trueNegative / (trueNegative + falsePositive),
    f1: truePositive / (truePositive + 0.5 * (falsePositive + falseNegative)),
    roc_auc: expectedAuc(chances, scores),
  }
}
