import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { yamlText } from '../../../packages/registry/src/documents/yaml-text.ts'

describe('YAML text', () => {
  it.each([
    [{ a: 'x: y', b: ['- z', '#', ''], c: { d: null, e: [], f: {} }, g: 1.5e-9, h: true, i: 1e-7, j: -3e21 }],
    [{ list: [{ a: 1, b: [[1, 2], ['x']] }, { c: 'null' }] }],
    [{ no: 'no', 'key: with': '\u0000\u007f\u0085\u2028"\\', '': '---' }],
  ])('is read back as the same value (%j)', (value) => {
    // Both schemas of YAML, since readers differ in what `no` is.
    expect(parse(yamlText(value))).toEqual(value)
    expect(parse(yamlText(value), { version: '1.1' })).toEqual(value)
  })

  it('leaves out what is undefined', () => {
    expect(yamlText({ a: undefined, b: 1 })).toBe('b: 1\n')
  })
})
