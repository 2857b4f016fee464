import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  medianAbsoluteError,
  r2,
  rootMeanSquaredError,
} from '@mlwright/stats'
import { expect, it } from 'vitest'

const t = [3, -0.5, 2, 7, 0.001, 12.5, 4]
const p = [2.5, 0, 2, 8, 0.2, 10, 4.75]
const weights = Int32Array.of(1, 2, 0, 3, 1, 0, 1)

// scikit-learn 1.9.1: f(t, p) and f(np.repeat(t, w), np.repeat(p, w))
it.each([
  ['mean absolute error', meanAbsoluteError, 0.7784285714285714, 0.681125],
  ['root mean squared error', rootMeanSquaredError, 1.0923173923884422, 0.7375721151182439],
  ['R²', r2, 0.9318151312611777, 0.9465135239703529],
  ['mean absolute percentage error', meanAbsolutePercentageError, 28.67100340136054, 25.22284226190476],
  ['median absolute error', medianAbsoluteError, 0.5, 0.625],
] as const)('gives the %s of scikit-learn, on the sample and on a resample', (_name, metric, once, weighted) => {
  expect(metric(t, p)()).toBeCloseTo(once, 10)
  expect(metric(t, p)(weights)).toBeCloseTo(weighted, 10)
})

it('follows scikit-learn at the edges', () => {
  // scikit-learn 1.9.1: r2_score([2,2,2], [2,2,2]) -> 1.0; r2_score([2,2,2], [2,2,3]) -> 0.0
  expect(r2([2, 2, 2], [2, 2, 2])()).toBe(1)
  expect(r2([2, 2, 2], [2, 2, 3])()).toBe(0)
  expect(r2([2], [3])()).toBeNaN()
  // scikit-learn 1.9.1: mean_absolute_percentage_error([0,2,4], [1e-16,2,5]) -> 0.23345332091234985
  expect(meanAbsolutePercentageError([0, 2, 4], [1e-16, 2, 5])()).toBeCloseTo(0.23345332091234985, 12)
  expect(meanAbsoluteError([], [])()).toBeNaN()
  expect(medianAbsoluteError([], [])()).toBeNaN()
})
