import {
  enumerate,
  fmtAmount,
  fmtBytes,
  fmtChange,
  fmtDuration,
  fmtInterval,
  fmtLevel,
  fmtLimit,
  fmtNumber,
  fmtPercent,
  plural,
} from '@mlwright/report'
import { describe, expect, it } from 'vitest'

describe('fmtNumber', () => {
  it.each([
    [0.84312, '0.8431'],
    [0.00123, '0.0012'],
    [0.000123, '0.00012'],
    [5.4321, '5.432'],
    [54.321, '54.32'],
    [543.21, '543.2'],
    [12345.6, '12,346'],
    [-1234567, '−1,234,567'],
    [0, '0'],
    [-0.5, '−0.5000'],
    [3e-9, '3.0 × 10^−9'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('writes %s as %s', (value, text) => expect(fmtNumber(value)).toBe(text))
})

describe('fmtChange', () => {
  it('carries its sign, and a real minus', () => {
    expect(fmtChange(0.0059, 0.8431)).toBe('+0.0059')
    expect(fmtChange(-0.0114, 0.4198)).toBe('−0.0114')
  })
  it('is 0 only when nothing changed', () => {
    expect(fmtChange(0, 0.8)).toBe('0')
    expect(fmtChange(0.00003, 0.8)).toBe('+0.000030')
  })
  it('has the decimals of the values beside it', () => expect(fmtChange(-12.345, 543.2)).toBe('−12.3'))
  it('is a dash where there is no change to know', () => expect(fmtChange(null)).toBe('–'))
})

describe('fmtInterval', () => {
  it('gives both ends the same decimals', () => expect(fmtInterval(0.8212, 0.86381)).toBe('0.8212 to 0.8638'))
  it('signs the ends of a change', () =>
    expect(fmtInterval(-0.0014, 0.0239, { signed: true })).toBe('−0.0014 to +0.0239'))
  it('does not let an end that excludes 0 look like 0', () =>
    expect(fmtInterval(0.00003, 0.0105, { signed: true })).toBe('+0.00003 to +0.01050'))
  it('is a dash where an end is missing', () => expect(fmtInterval(null, 1)).toBe('–'))
})

describe('fmtPercent', () => {
  it.each([
    [0.2654, '26.5%'],
    [0.0016, '0.16%'],
    [0.00001, '<0.01%'],
    [0, '0%'],
    [1, '100%'],
    [0.99999, '>99.99%'],
    [0.9965, '99.65%'],
    [null, '–'],
  ])('writes %s as %s', (share, text) => expect(fmtPercent(share)).toBe(text))
})

describe('other numbers', () => {
  it('keeps a limit as it was written', () => {
    expect(fmtLimit(0.8)).toBe('0.8')
    expect(fmtLimit(0.1 + 0.2)).toBe('0.3')
    expect(fmtLimit(12000)).toBe('12,000')
  })
  it('writes levels, amounts, counts, durations and sizes for people', () => {
    expect([fmtLevel(0.95), fmtLevel(0.995)]).toEqual(['95%', '99.5%'])
    expect([fmtAmount(-8.3712), fmtAmount(-11795.2), fmtAmount(null)]).toEqual(['−8.37', '−11,795', '–'])
    expect([plural(1, 'row'), plural(1409, 'row'), plural(2, 'model is', 'models are')]).toEqual([
      '1 row',
      '1,409 rows',
      '2 models are',
    ])
    expect([0.42, 12.34, 59.99, 125, 4320].map(fmtDuration)).toEqual([
      '0.42 s',
      '12.3 s',
      '1 min 0 s',
      '2 min 5 s',
      '1 h 12 min',
    ])
    expect([412, 61_234, 1_240_000].map(fmtBytes)).toEqual(['412 B', '61 kB', '1.2 MB'])
    expect([enumerate([]), enumerate(['a']), enumerate(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c'])
  })
})
