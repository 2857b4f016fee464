import { tagMessage, tagName } from '@mlwright/registry'
import { describe, expect, it } from 'vitest'

describe('tagName', () => {
  it('writes both forms of every event', () => {
    expect(tagName({ event: 'registration', model: 'cv/x:seg', version: 'v1.0.0' }, null)).toBe('cv/x=seg@v1.0.0')
    expect(tagName({ event: 'deregistration', model: 'nn', version: 'v1.0.0' }, 3)).toBe('nn@v1.0.0!#3')
    expect(tagName({ event: 'assignment', model: 'nn', stage: 'prod' }, 7)).toBe('nn#prod#7')
    expect(tagName({ event: 'unassignment', model: 'nn', stage: 'prod' }, null)).toBe('nn#prod!')
    expect(tagName({ event: 'deprecation', model: 'nn' }, null)).toBe('nn@deprecated')
  })

  it.each([
    { event: 'registration', model: 'my model', version: 'v1.0.0' },
    { event: 'registration', model: 'nn', version: '1.0.0' },
    { event: 'registration', model: 'a=b', version: 'v1.0.0' },
    { event: 'assignment', model: 'nn', stage: 'prod!' },
    { event: 'assignment', model: 'nn#a', stage: '7' },
  ] as const)('refuses what it could not read back', (event) => {
    expect(() => tagName(event, null)).toThrow('The registry cannot write the tag')
  })
})

describe('tagMessage', () => {
  it('says what gto says', () => {
    // gto 1.10.1: git tag -l --format='%(contents:subject)' after register, assign, unassign
    expect(tagMessage({ event: 'registration', model: 'nn', version: 'v1.0.0' }, 'v1.0.0')).toBe(
      'Registering artifact nn version v1.0.0',
    )
    expect(tagMessage({ event: 'assignment', model: 'nn', stage: 'prod' }, 'v1.0.0')).toBe(
      'Assigning stage prod to artifact nn version v1.0.0',
    )
    expect(tagMessage({ event: 'unassignment', model: 'nn', stage: 'prod' }, 'v1.0.0')).toBe(
      "Unassigning stage 'prod' to artifact 'nn' version 'v1.0.0'",
    )
  })
})
