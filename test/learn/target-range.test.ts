import { fit } from '@mlwright/learn'
import { expect, it } from 'vitest'

it.each([
  'gradient-boosting',
  'linear-regression',
] as const)('%s refuses a target that float32 cannot learn', async (algorithm) => {
  const labels = Float64Array.of(1, 2, 1e308, -1e308, 5, 6)
  const x = { type: 'number', values: Float64Array.of(1, 2, 3, 4, 5, 6) } as const
  const set = {
    table: { rows: 6, columns: new Map([['x', x]]) },
    rows: Int32Array.of(0, 1, 2, 3, 4, 5),
    validation: new Int32Array(0),
    labels,
    task: 'regression',
    classes: [],
    features: [{ name: 'x', type: 'number' }],
  } as const
  await expect(fit(algorithm, {}, 7, set, {})).rejects.toThrow('The target is 1e+308 in row 3')
})
