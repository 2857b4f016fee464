import { calibrationCurve, precisionRecallCurve, rocCurve, thresholdCounts, xoshiro128 } from '@mlwright/stats'
import { expect, it } from 'vitest'

const y = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]
const s = [0.1, 0.4, 0.35, 0.8, 0.4, 0.05, 0.9, 0.2, 0.4, 0.4, 0]
const counts = thresholdCounts(y, s)

it('gives the ROC curve of scikit-learn', () => {
  // scikit-learn 1.9.1: roc_curve(y, s, drop_intermediate=False)
  const fpr = [0, 0, 0.125, 0.5, 0.5, 0.625, 0.75, 0.875, 1]
  const tpr = [0, 1 / 3, 1 / 3, 2 / 3, 1, 1, 1, 1, 1]
  expect(rocCurve(counts)).toEqual(fpr.map((x, i) => [x, tpr[i]]))
  expect(counts.thresholds).toEqual([0.9, 0.8, 0.4, 0.35, 0.2, 0.1, 0.05, 0])
})

it('gives the precision-recall curve of scikit-learn', () => {
  // scikit-learn 1.9.1: precision_recall_curve(y, s), by rising recall
  const recall = [0, 1 / 3, 1 / 3, 2 / 3, 1, 1, 1, 1, 1]
  const precision = [1, 1, 1 / 2, 1 / 3, 3 / 7, 3 / 8, 3 / 9, 3 / 10, 3 / 11]
  expect(precisionRecallCurve(counts)).toEqual(recall.map((x, i) => [x, precision[i]]))
})

it('gives the calibration curve of scikit-learn', () => {
  // scikit-learn 1.9.1: calibration_curve(y, s, n_bins=10) -> [0,0,.4,0,1], [.05,.2,.39,.8,.9]
  const found = calibrationCurve(y, s)
  expect(found.map(({ share }) => share)).toEqual([0, 0, 0.4, 0, 1])
  for (const [i, score] of [0.05, 0.2, 0.39, 0.8, 0.9].entries()) expect(found[i]!.score).toBeCloseTo(score, 12)
  expect(found.map(({ rows }) => rows)).toEqual([3, 1, 5, 1, 1])
})

it('puts a score on an edge where calibration_curve puts it', () => {
  // scikit-learn 1.9.1: calibration_curve(y2, s2, n_bins=10) -> 8 bins, mean scores below
  const scores = [0.1, 0.2, 0.3, 0.3000001, 0.6, 0.7, 1, 0, 0.95, 0.9]
  const means = [0.05, 0.2, 0.3, 0.3000001, 0.6, 0.7, 0.9, 0.975]
  const found = calibrationCurve([0, 0, 1, 0, 1, 1, 1, 0, 0, 1], scores)
  expect(found.length).toBe(means.length)
  for (const [i, mean] of means.entries()) expect(found[i]!.score).toBeCloseTo(mean, 12)
})

it('puts long curves on an even grid that keeps both ends', () => {
  const random = xoshiro128(3)
  const scores = Float64Array.from({ length: 700 }, () => random() / 2 ** 32)
  const positive = scores.map((score) => (random() / 2 ** 32 < score ** 2 ? 1 : 0))
  const long = thresholdCounts(positive, scores)
  const roc = rocCurve(long)
  expect(roc.length).toBe(50)
  expect([roc[0], roc.at(-1)]).toEqual([
    [0, 0],
    [1, 1],
  ])
  expect(roc.every(([x, rate], i) => i === 0 || (x >= roc[i - 1]![0] && rate >= roc[i - 1]![1]))).toBe(true)
  const curve = precisionRecallCurve(long)
  expect([curve.length, curve[0]![0], curve.at(-1)![0]]).toEqual([50, 0, 1])
})

it('has no curve where a class has no row', () => {
  expect(rocCurve(thresholdCounts([1, 1], [0.2, 0.4]))).toEqual([])
  expect(precisionRecallCurve(thresholdCounts([0, 0], [0.2, 0.4]))).toEqual([])
})
