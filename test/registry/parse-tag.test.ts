import { isModelName, isStageName, isVersion, parseTag } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'

const nothing = { version: null, stage: null, counter: null }

describe('parseTag', () => {
  it.each([
    ['nn@v1.2.3', { ...nothing, event: 'registration', version: 'v1.2.3' }],
    ['nn@v1.2.3#5', { ...nothing, event: 'registration', version: 'v1.2.3', counter: 5 }],
    ['nn@v1.0.0-rc.1+b.2!#4', { ...nothing, event: 'deregistration', version: 'v1.0.0-rc.1+b.2', counter: 4 }],
    ['nn#prod', { ...nothing, event: 'assignment', stage: 'prod' }],
    ['nn#prod#007', { ...nothing, event: 'assignment', stage: 'prod', counter: 7 }],
    ['nn#prod!#0', { ...nothing, event: 'unassignment', stage: 'prod', counter: 0 }],
    ['nn#1', { ...nothing, event: 'assignment', stage: '1' }],
    ['nn#deprecated', { ...nothing, event: 'assignment', stage: 'deprecated' }],
    ['nn@deprecated#7', { ...nothing, event: 'deprecation', counter: 7 }],
  ])('reads %s', (name, said) => {
    expect(parseTag(name)).toEqual({ model: 'nn', ...said })
  })

  it('turns = into : and keeps slashes', () => {
    expect(parseTag('cv/x_1.y=seg/big@v1.0.0')?.model).toBe('cv/x_1.y:seg/big')
    expect(parseTag('refs/tags/nn@v1.0.0')?.model).toBe('refs/tags/nn')
  })

  // Each was tried with gto 1.10.1: gto.tag.parse_name(name, raise_on_fail=False) -> {}, but for the last three
  it.each([
    'nn@deprecated!',
    'a=b=c@v1.0.0',
    'x.y@v1.0.0',
    'nn@v01.0.0',
    'model#prod@v1.2.3',
    'model@v1',
    'nn@V1.0.0',
    'nn@1.0.0',
    '-nn@v1.0.0',
    'nn_@v1.0.0',
    'nn#',
    'nn#prod!!',
    'nn#prod#',
    'v1.0.0',
    '',
    'nn@created', // gto reads it, and then every command fails
    'nn@v1.0.0\n', // Python's $ lets a line break pass
    'nn@v1.2.1٣', // Python's \d takes any digit
  ])('finds nothing in %j', (name) => {
    expect(parseTag(name)).toBeNull()
  })

  it('takes no time over a long name that does not fit', () => {
    expect(parseTag(`${'a-'.repeat(30_000)}@`)).toBeNull()
  })
})

describe('names', () => {
  it('are those that gto accepts', () => {
    expect(['churn', 'cv/seg', 'a', 'data/x.y:seg'].every(isModelName)).toBe(true)
    expect(['churn=x', 'a.b', '', 'a:b:c', '/a'].some(isModelName)).toBe(false)
    expect(isStageName('pre-production')).toBe(true)
    expect(isStageName('v1.0')).toBe(false)
    expect(isVersion('v1.0.0-rc.1')).toBe(true)
    expect(isVersion('1.0.0')).toBe(false)
  })
})
