import { describe, expect, it } from 'vitest'
import { exp, sigmoid } from '../../packages/learn/src/exp.ts'
import { log } from '../../packages/learn/src/log.ts'

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(expected))

describe('exp and log', () => {
  it('agree with Math within rounding over the whole range', () => {
    for (let x = -707.9; x < 709.7; x += 0.737) close(exp(x), Math.exp(x))
    for (let x = 1e-300; x < 1e300; x *= 7.3) close(log(x), Math.log(x))
    for (let x = 0.5; x < 2; x += 0.0137) close(log(x), Math.log(x))
  })

  it('keep the limits', () => {
    expect([exp(-Infinity), exp(-800), exp(0), exp(Infinity), exp(710)]).toEqual([0, 0, 1, Infinity, Infinity])
    expect(exp(Number.NaN)).toBeNaN()
    expect(exp(-740) / Math.exp(-740)).toBeCloseTo(1, 1)
    expect([log(0), log(1), log(Infinity)]).toEqual([-Infinity, 0, Infinity])
    expect(log(-1)).toBeNaN()
    expect(log(5e-324)).toBeCloseTo(Math.log(5e-324), 9)
    expect([sigmoid(-1000), sigmoid(0), sigmoid(1000)]).toEqual([0, 0.5, 1])
  })
})
