import { type Column, UserError } from '@mlwright/domain'
import { heldOutScores } from '@mlwright/learn'
import { xoshiro128 } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

describe('heldOutScores', () => {
  const rows = 400
  const random = xoshiro128(8)
  const values = Float64Array.from({ length: rows }, () => random() / 2 ** 31 - 1)
  const set = (labels: Float64Array) => ({
    table: { rows, columns: new Map<string, Column>([['x', { type: 'number', values }]]) },
    ...{
      rows: Int32Array.from({ length: 200 }, (_, i) => i),
      validation: Int32Array.from({ length: 200 }, (_, i) => 200 + i),
    },
    ...{
      labels,
      task: 'classification' as const,
      classes: ['a', 'b'],
      features: [{ name: 'x', type: 'number' as const }],
    },
  })

  it('gives the log-odds of the second class for rows whose labels it does not see', async () => {
    const labels = values.map((value) => Number(value > 0.1))
    const { scores, importance } = await heldOutScores(set(labels), { rounds: 30, leaves: 4 }, 1)
    expect(scores).toHaveLength(200)
    for (const [i, score] of scores.entries())
      if (Math.abs(values[200 + i]! - 0.1) > 0.15) expect(score > 0).toBe(values[200 + i]! > 0.1)
    expect(importance).toEqual([{ feature: 'x', share: 1 }])
    const others = labels.map((label, row) => (row < 200 ? label : 1 - label))
    expect((await heldOutScores(set(others), { rounds: 30, leaves: 4 }, 1)).scores).toEqual(scores)
  })

  it('refuses a single class', async () => {
    await expect(heldOutScores(set(new Float64Array(rows)), {}, 1)).rejects.toThrow(UserError)
  })
})
