import { symmetricEigen } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

describe('symmetricEigen', () => {
  it('gives the values and vectors of numpy, largest first', () => {
    const matrix = [
      [4, 1, -2, 0.5],
      [1, 3, 0.25, 1],
      [-2, 0.25, 5, -1],
      [0.5, 1, -1, 2],
    ]
    const { values, vectors } = symmetricEigen(matrix)
    // numpy 2.4: linalg.eigh(A)[0][::-1], linalg.eigh(A)[1][:, -1]
    const expected = [6.918963938910565, 3.799520536836222, 2.3235496902634147, 0.9579658339897973]
    for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i]!, 12)
    const first = [-0.6056718671542066, -0.1703061675335633, 0.7372951720048233, -0.24607565498509704]
    const sign = Math.sign(vectors[0]![0]! * first[0]!)
    for (const [i, value] of vectors[0]!.entries()) expect(value * sign).toBeCloseTo(first[i]!, 12)
  })

  it('takes apart and puts together a matrix with equal and no eigenvalues', () => {
    const matrix = Array.from({ length: 40 }, (_, i) => Array.from({ length: 40 }, (_, k) => (i % 3 === k % 3 ? 1 : 0)))
    const { values, vectors } = symmetricEigen(matrix)
    expect(values.slice(0, 3).map((value) => Math.round(value * 1e9) / 1e9)).toEqual([14, 13, 13])
    for (const i of [0, 1, 17])
      for (const k of [0, 4, 38]) {
        const cell = values.reduce((sum, value, at) => sum + value * vectors[at]![i]! * vectors[at]![k]!, 0)
        expect(cell).toBeCloseTo(matrix[i]![k]!, 10)
      }
  })
})
