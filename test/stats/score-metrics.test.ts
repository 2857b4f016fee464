import {
  averagePrecision,
  brierScore,
  expectedCalibrationError,
  logLoss,
  oneVsRest,
  rocAuc,
  rocAucOneVsOne,
  topTwoAccuracy,
} from '@mlwright/stats'
import { expect, it } from 'vitest'

const y = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]
const s = [0.1, 0.4, 0.35, 0.8, 0.4, 0.05, 0.9, 0.2, 0.4, 0.4, 0]
const both = s.flatMap((score) => [1 - score, score])
const a = [0, 0, 0, 0, 0, 1, 1, 1, 2, 0, 1, 0]
const scores = [
  [0.7, 0.2, 0.1],
  [0.6, 0.3, 0.1],
  [0.3, 0.5, 0.2],
  [0.8, 0.1, 0.1],
  [0.2, 0.3, 0.5],
  [0.2, 0.6, 0.2],
  [0.5, 0.4, 0.1],
  [0.1, 0.8, 0.1],
  [0.2, 0.2, 0.6],
  [0.6, 0.2, 0.2],
  [0.1, 0.4, 0.5],
  [0.5, 0.25, 0.25],
].flat()

// scikit-learn 1.9.1: roc_auc_score(y, s), average_precision_score(y, s), log_loss(y, s), brier_score_loss(y, s)
it.each([
  ['ROC AUC', rocAuc(y, s)(), 0.7291666666666666],
  ['average precision', averagePrecision(y, s)(), 0.5873015873015872],
  ['log loss', logLoss(y, both, 2)(), 0.5084714106474835],
  ['Brier score', brierScore(y, both, 2)(), 0.17863636363636368],
])('gives the %s of scikit-learn for two classes, ties included', (_name, found, expected) => {
  expect(found).toBeCloseTo(expected, 12)
})

// scikit-learn 1.9.1: roc_auc_score(a, P, multi_class='ovr'), …'ovo'; average_precision_score(a, P); log_loss(a, P);
// brier_score_loss(a, P); top_k_accuracy_score(a, P, k=2)
it.each([
  ['one-vs-rest ROC AUC', oneVsRest(a, scores, 3, rocAuc)(), 0.9458333333333333],
  ['one-vs-one ROC AUC', rocAucOneVsOne(a, scores, 3)(), 0.9583333333333334],
  ['average precision', oneVsRest(a, scores, 3, averagePrecision)(), 0.937641723356009],
  ['log loss', logLoss(a, scores, 3)(), 0.6821169918916171],
  ['Brier score', brierScore(a, scores, 3)(), 0.38458333333333333],
  ['top-2 accuracy', topTwoAccuracy(a, scores, 3)(), 0.9166666666666666],
])('gives the %s of scikit-learn for three classes', (_name, found, expected) => {
  expect(found).toBeCloseTo(expected, 12)
})

it('clips certain and wrong scores at the machine epsilon', () => {
  // scikit-learn 1.9.1: log_loss([1,0,1], [[0,1],[0,1],[.7,.3]], labels=[0,1]) -> 12.415875397814363
  expect(logLoss([1, 0, 1], [0, 1, 0, 1, 0.7, 0.3], 2)()).toBeCloseTo(12.415875397814363, 12)
})

it('ranks the later of tied classes first in top-2 accuracy', () => {
  // scikit-learn 1.9.1: top_k_accuracy_score([0,0,1], [[.25,.25,.5],[.3,.4,.3],[.4,.2,.4]], k=2, labels=[0,1,2]) -> 0.0
  expect(topTwoAccuracy([0, 0, 1], [0.25, 0.25, 0.5, 0.3, 0.4, 0.3, 0.4, 0.2, 0.4], 3)()).toBe(0)
})

it('bins calibration as calibration_curve does: (0, 0.1], (0.1, 0.2], …', () => {
  // numpy: bins by searchsorted(linspace(0, 1, 11)[1:-1], s), then sum of |mean(y) - mean(s)| times share of rows
  expect(expectedCalibrationError(y, s)()).toBeCloseTo(0.11818181818181822, 12)
})

it('is undefined where a class has no row', () => {
  expect(rocAuc([1, 1, 1], [0.1, 0.7, 0.3])()).toBeNaN()
  expect(rocAuc([], [])()).toBeNaN()
  expect(averagePrecision([0, 0], [0.1, 0.7])()).toBeNaN()
  expect(averagePrecision([1, 1], [0.1, 0.7])()).toBe(1)
  expect(oneVsRest([0, 0, 1], [0.5, 0.3, 0.2, 0.4, 0.4, 0.2, 0.3, 0.4, 0.3], 3, rocAuc)()).toBeNaN()
})

it('takes one-vs-one over the classes that occur', () => {
  const p = [0.6, 0.3, 0.1, 0.3, 0.4, 0.3, 0.2, 0.7, 0.1, 0.5, 0.3, 0.2]
  // scikit-learn 1.9.1: roc_auc_score([0,0,1,1], P, multi_class='ovo', labels=[0,1,2]) -> 0.6875
  expect(rocAucOneVsOne([0, 0, 1, 1], p, 3)()).toBeCloseTo(0.6875, 12)
})

it('counts a row as often as its weight says', () => {
  const weights = Int32Array.of(1, 0, 2, 1, 3, 0, 1, 0, 1, 2, 0)
  // scikit-learn 1.9.1: roc_auc_score(y, s, sample_weight=w), average_precision_score(y, s, sample_weight=w)
  expect(rocAuc(y, s)(weights)).toBeCloseTo(0.4666666666666667, 12)
  expect(averagePrecision(y, s)(weights)).toBeCloseTo(0.55, 12)
})

it('does not change when the scores are squeezed monotonically, and turns around when they are negated', () => {
  const squeezed = s.map((score) => Math.tanh(score / 3))
  expect(rocAuc(y, squeezed)()).toBe(rocAuc(y, s)())
  expect(
    rocAuc(
      y,
      s.map((score) => -score),
    )(),
  ).toBeCloseTo(1 - rocAuc(y, s)(), 12)
})
