import { changePoint, expectedClassPerformance, regressionErrors } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

describe('regressionErrors', () => {
  const actual = [3, -0.5, 2, 7, 4.2]
  const predicted = [2.5, 0, 2.1, 8, 3]

  it('gives the metrics of scikit-learn', () => {
    const { mae, rmse, r2 } = regressionErrors(actual, predicted)
    // scikit-learn 1.9: mean_absolute_error, root_mean_squared_error, r2_score
    expect(mae.value).toBeCloseTo(0.66, 12)
    expect(rmse.value).toBeCloseTo(0.7681145747868608, 12)
    expect(r2.value).toBeCloseTo(0.903569560669456, 12)
  })

  it('gives the standard error of the mean, and of its root by the slope', () => {
    const { mae, rmse } = regressionErrors(actual, predicted)
    // scipy 1.17: stats.sem([0.5, 0.5, 0.1, 1, 1.2]); stats.sem(squares) / (2 * rmse)
    expect(mae.error).toBeCloseTo(0.196468827043885, 12)
    expect(rmse.error).toBeCloseTo(0.17576708393954252, 12)
  })

  it('knows no R² where all are the same, and no error of one row', () => {
    expect(regressionErrors([2, 2, 2], [1, 2, 3]).r2).toEqual({ value: Number.NaN, error: Number.NaN })
    expect(regressionErrors([2], [1]).mae).toEqual({ value: 1, error: Number.NaN })
  })
})

describe('expectedClassPerformance', () => {
  it('is the performance itself where chances are labels', () => {
    // Rows of the classes 0, 1, 2, 2; scikit-learn 1.9 with decisions [0, 2, 2, 2]: accuracy 0.75, f1 macro 0.6
    const labels = Float64Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1])
    const scores = Float64Array.from([0.7, 0.2, 0.1, 0.1, 0.3, 0.6, 0.2, 0.1, 0.7, 0.1, 0.4, 0.5])
    const { accuracy, f1_macro, roc_auc_ovr } = expectedClassPerformance(labels, [0, 2, 2, 2], scores, 3)
    expect(accuracy).toBeCloseTo(0.75, 12)
    expect(f1_macro).toBeCloseTo(0.6, 12)
    // roc_auc_score(y, scores, multi_class='ovr', average='macro'): 1, 2/3 and 3/4
    expect(roc_auc_ovr).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12)
  })
})

describe('changePoint', () => {
  it('finds where a mean has risen or fallen', () => {
    expect(changePoint([1, 2, 1, 1, 2, 8, 9, 8])).toBe(5)
    expect(changePoint([8, 9, 8, 1, 2])).toBe(3)
    expect(changePoint([])).toBe(0)
    expect(changePoint([4])).toBe(0)
  })
})
