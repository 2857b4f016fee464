import { fit } from '@mlwright/learn'
import { describe, expect, it } from 'vitest'
import { solveCholesky } from '../../../packages/learn/src/linear/cholesky.ts'
import { lbfgs } from '../../../packages/learn/src/linear/lbfgs.ts'
import { readTable } from '../support/read-table.ts'
import { rocAuc } from '../support/roc-auc.ts'
import { score } from '../support/score.ts'
import { classificationSplit } from '../support/split.ts'

describe('linear models', () => {
  it('solve a system, and give 0 to a variable that others express', () => {
    // numpy 2.4: numpy.linalg.solve([[4,2,.6],[2,5,1],[.6,1,3]], [1,2,3]) -> [0.0203, 0.2030, 0.9283]
    const x = solveCholesky(Float64Array.of(4, 0, 0, 2, 5, 0, 0.6, 1, 3), Float64Array.of(1, 2, 3))
    const rows = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ]
    rows.forEach((row, i) => {
      expect(row.reduce((sum, a, j) => sum + a * x[j]!, 0)).toBeCloseTo(i + 1, 12)
    })
    expect([...solveCholesky(Float64Array.of(1, 0, 2, 4), Float64Array.of(3, 6))]).toEqual([3, 0])
  })

  it('find the minimum of an ill-conditioned quadratic', () => {
    const scales = [1, 30, 1000, 0.02]
    const minimum = lbfgs(
      (theta, gradient) =>
        scales.reduce((sum, scale, i) => {
          gradient[i] = scale * (theta[i]! - i)
          return sum + (scale / 2) * (theta[i]! - i) ** 2
        }, 0),
      4,
      500,
      1e-9,
    )
    minimum.forEach((value, i) => {
      expect(value).toBeCloseTo(i, 6)
    })
  })

  // scikit-learn 1.9.1: OneHotEncoder, median, StandardScaler, LogisticRegression on the same five splits: mean
  // roc_auc_score -> 0.8443
  it('rank the churners of telco-churn as well as scikit-learn', async () => {
    const table = readTable(new URL('../../../examples/telco-churn/data/telco-churn.csv', import.meta.url))
    let sum = 0
    for (let seed = 1; seed <= 5; seed++) {
      const { set, test } = classificationSplit(table, 'churn', 'Yes', seed)
      const { values } = await score((await fit('logistic-regression', {}, 7, set, {})).model, table, test)
      const labels = test.map((row) => set.labels[row]!)
      const scores = labels.map((_, index) => values[2 * index + 1]!)
      sum += rocAuc(labels, scores)
    }
    expect(Math.abs(sum / 5 - 0.8443)).toBeLessThan(0.002)
  })
})
