/** Metrics of a binary classifier that are expected where nobody knows the labels yet; NaN where undefined. */
export interface ExpectedPerformance {
  readonly accuracy: number
  readonly precision: number
  readonly recall: number
  readonly specificity: number
  readonly f1: number
  readonly roc_auc: number
}

/** Area under the curve of expected rates, from the highest score down; tied scores are decided together. */
function expectedAuc(chances: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Int32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!)
  let hits = 0
  let misses = 0
  let area = 0
  for (let start = 0; start < order.length; ) {
    const before = hits
    const score = scores[order[start]!]
    let wrong = 0
    for (; start < order.length && scores[order[start]!] === score; start++) {
      hits += chances[order[start]!]!
      wrong += 1 - chances[order[start]!]!
    }
    area += (wrong * (before + hits)) / 2
    misses += wrong
  }
  return area / (hits * misses)
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
