import { fromHalf, toHalf } from '@mlwright/domain'
import { expect, it } from 'vitest'

it('rounds to half precision as numpy does', () => {
  // numpy 2.4: np.array([...], np.float32).astype(np.float16).view(np.uint16)
  const values = [0, -0, 1 / 3, 0.1, 65504, 65519.99, 65520, -1e9, 6.1e-5, 6.097e-5]
  expect(values.map(toHalf)).toEqual([0, 32768, 13653, 11878, 31743, 31743, 31744, 64512, 1023, 1023])
  const small = [2 ** -24, 2 ** -25, 2 ** -25 * 1.0001, 1.0009765625, 1.00048828125, 1.0014648, Number.NaN, Infinity]
  expect(small.map(toHalf)).toEqual([1, 0, 1, 15361, 15360, 15362, 32256, 31744])
})

it('reads back every half that is a number', () => {
  for (let half = 0; half < 65536; half++) {
    const value = fromHalf(half)
    if (!Number.isNaN(value)) expect(toHalf(value)).toBe(half)
  }
})
