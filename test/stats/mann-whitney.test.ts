import { mannWhitney } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

describe('mannWhitney', () => {
  it('gives the one-sided p-value of scipy with ties, and the area under the ROC curve', () => {
    const positive = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 1]
    const scores = [0.9, 0.4, 0.5, 0.5, 0.1, 0.5, 0.8, 0.3, 0.5, 0.7, 0.2, 0.2, 0.6]
    // scipy 1.17: mannwhitneyu(x[y==1], x[y==0], alternative='greater', method='asymptotic') -> U / (7 * 6), p
    const { statistic, pValue } = mannWhitney(positive, scores)
    expect(statistic).toBeCloseTo(0.8452380952380952, 12)
    expect(pValue).toBeCloseTo(0.021131432327847307, 12)
  })

  it('says nothing of one class, and finds nothing in equal scores', () => {
    expect(mannWhitney([1, 1], [0.2, 0.4]).pValue).toBeNaN()
    expect(mannWhitney([1, 0, 0], [0.5, 0.5, 0.5])).toMatchObject({ statistic: 0.5, pValue: 1 })
  })
})
