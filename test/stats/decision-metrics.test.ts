import {
  type Average,
  accuracy,
  balancedAccuracy,
  cohenKappa,
  confusionMatrix,
  f1,
  matthewsCorrelation,
  precision,
  recall,
} from '@mlwright/stats'
import { expect, it } from 'vitest'

const y = [0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0]
const p = [0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0]
const a = [0, 0, 0, 0, 0, 1, 1, 1, 2, 0, 1, 0]
const q = [0, 0, 1, 0, 2, 1, 0, 1, 2, 0, 2, 0]
const binary = confusionMatrix(y, p, 2)()
const multiclass = confusionMatrix(a, q, 3)()

// scikit-learn 1.9.1: accuracy_score(y, p), balanced_accuracy_score(y, p), … with the arrays above
it.each([
  ['accuracy', accuracy(binary), 0.5454545454545454],
  ['balanced accuracy', balancedAccuracy(binary), 0.5833333333333333],
  ['precision', precision(binary, 'binary'), 0.3333333333333333],
  ['recall', recall(binary, 'binary'), 0.6666666666666666],
  ['F1', f1(binary, 'binary'), 0.4444444444444444],
  ['Matthews correlation', matthewsCorrelation(binary), 0.14907119849998599],
  ['Cohen kappa', cohenKappa(binary), 0.12698412698412687],
])('gives the %s of scikit-learn for two classes', (_name, found, expected) => {
  expect(found).toBeCloseTo(expected, 12)
})

// scikit-learn 1.9.1: precision_score(a, q, average=…), recall_score, f1_score
it.each<[Average, number, number, number]>([
  ['macro', 0.611111111111111, 0.7380952380952381, 0.6135531135531136],
  ['weighted', 0.7361111111111112, 0.6666666666666666, 0.680860805860806],
  ['micro', 0.6666666666666666, 0.6666666666666666, 0.6666666666666666],
])('averages precision, recall and F1 over classes: %s', (average, ofPrecision, ofRecall, ofF1) => {
  expect(precision(multiclass, average)).toBeCloseTo(ofPrecision, 12)
  expect(recall(multiclass, average)).toBeCloseTo(ofRecall, 12)
  expect(f1(multiclass, average)).toBeCloseTo(ofF1, 12)
})

it('gives the multiclass agreement of scikit-learn', () => {
  // scikit-learn 1.9.1: balanced_accuracy_score(a, q), matthews_corrcoef(a, q), cohen_kappa_score(a, q)
  expect(balancedAccuracy(multiclass)).toBeCloseTo(0.7380952380952381, 12)
  expect(matthewsCorrelation(multiclass)).toBeCloseTo(0.4654746681256314, 12)
  expect(cohenKappa(multiclass)).toBeCloseTo(0.4482758620689655, 12)
})

it('is undefined where scikit-learn warns and says 0', () => {
  const neverPositive = confusionMatrix([0, 0, 1, 0, 1], [0, 0, 0, 0, 0], 2)()
  expect(precision(neverPositive, 'binary')).toBeNaN()
  expect(recall(neverPositive, 'binary')).toBe(0)
  expect(f1(neverPositive, 'binary')).toBe(0)
  const noPositive = confusionMatrix([0, 0, 0], [0, 1, 0], 2)()
  expect(recall(noPositive, 'binary')).toBeNaN()
  expect(f1(confusionMatrix([0, 0, 0], [0, 0, 0], 2)(), 'binary')).toBeNaN()
  expect(precision(confusionMatrix([0, 1, 2, 2], [0, 1, 1, 0], 3)(), 'macro')).toBeNaN()
})

it('follows scikit-learn where a side is constant or a class is absent', () => {
  // scikit-learn 1.9.1: matthews_corrcoef([0,0,1,1,1], [1]*5) -> 0.0; cohen_kappa_score([1]*3, [1]*3) -> nan
  expect(matthewsCorrelation(confusionMatrix([0, 0, 1, 1, 1], [1, 1, 1, 1, 1], 2)())).toBe(0)
  expect(cohenKappa(confusionMatrix([1, 1, 1], [1, 1, 1], 2)())).toBeNaN()
  // scikit-learn 1.9.1: balanced_accuracy_score([0,0,1], [0,2,1]) -> 0.75; recall weighted -> 0.667; f1 macro -> 0.556
  const absent = confusionMatrix([0, 0, 1], [0, 2, 1], 3)()
  expect(balancedAccuracy(absent)).toBe(0.75)
  expect(recall(absent, 'weighted')).toBeCloseTo(2 / 3, 12)
  expect(f1(absent, 'macro')).toBeCloseTo(0.5555555555555555, 12)
})

it('counts a row as often as its weight says', () => {
  const weights = Int32Array.from(y, (_, row) => row % 3)
  const repeated = y.flatMap((_, row) => new Array<number>(row % 3).fill(row))
  const expected = confusionMatrix(
    repeated.map((row) => y[row]!),
    repeated.map((row) => p[row]!),
    2,
  )()
  expect(confusionMatrix(y, p, 2)(weights)).toEqual(expected)
})
