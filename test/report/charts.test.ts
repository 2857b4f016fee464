import { describe, expect, it } from 'vitest'
import { evenGrid, mermaid, resample } from '../../packages/report/src/chart.ts'
import { sparkline } from '../../packages/report/src/sections/history.ts'

describe('resample', () => {
  // numpy 2.1: numpy.interp([0, .25, .5, .75, 1], [0, .1, .6, 1], [0, .5, .9, 1]) -> [0, 0.62, 0.82, 0.9375, 1]
  it('is linear between points', () => {
    const curve: [number, number][] = [
      [0, 0],
      [0.1, 0.5],
      [0.6, 0.9],
      [1, 1],
    ]
    const values = resample(curve, evenGrid(4))
    for (const [index, expected] of [0, 0.62, 0.82, 0.9375, 1].entries())
      expect(values[index]).toBeCloseTo(expected, 12)
  })
  it('takes the last of several points at one place, and the nearest beyond the ends', () => {
    expect(
      resample(
        [
          [0.5, 0.2],
          [0.5, 0.7],
        ],
        [0, 0.5, 1],
      ),
    ).toEqual([0.2, 0.7, 0.7])
  })
  it('survives no points and points that are no numbers', () => {
    expect(resample([], [0, 1])).toEqual([0, 0])
    expect(
      resample(
        [
          [Number.NaN, 1],
          [0, 0.3],
        ],
        [0, 1],
      ),
    ).toEqual([0.3, 0.3])
  })
})

describe('mermaid', () => {
  it('has labels of plain letters only', () => {
    const text = mermaid({ title: 'a"] %% @b', x: 'x\ny', y: 'y', grid: [0, 1], lines: [{ name: 'l', y: [0, 1] }] })
    expect(text).toContain('title "a       b"')
    expect(text).toContain('x-axis "x y" 0 --> 1')
    expect(text).toContain('line [0, 1]')
  })
})

describe('sparkline', () => {
  it('runs from the least to the greatest, with a dot for no value', () =>
    expect(sparkline([1, 8, null, 4.5])).toBe('▁█·▅'))
  it('is level where nothing changed', () => expect(sparkline([2, 2])).toBe('▄▄'))
})
