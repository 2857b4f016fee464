import { parseInputs } from '@mlwright/action'
import { UserError } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { monitor, values } from './fixture.ts'

const parse = (given: Record<string, string>) => parseInputs(monitor, values(given), Object.keys(given))

describe('parseInputs', () => {
  it('reads text into typed values under their names in camelCase, with defaults for what is not given', () => {
    expect(parse({ current: 'a.csv', 'show-values': 'TRUE', budget: '2.5', model: '' })).toEqual({
      current: 'a.csv',
      budget: 2.5,
      kind: 'all',
      showValues: true,
      ending: undefined,
      config: 'mlwright.yml',
      model: undefined,
      workingDirectory: '.',
      token: undefined,
      failOn: 'fail',
    })
  })

  it('says all that is wrong at once, with the nearest valid word', () => {
    let error: unknown
    try {
      parse({ budget: '-1', kind: 'column', 'show-values': 'yes', 'fail-on': 'perhaps', budgte: '1' })
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).code).toBe('INPUT_INVALID')
    expect((error as UserError).message.split('\n')).toEqual([
      '`monitor` has no input `budgte`; did you mean `budget`?',
      '`current` is missing: Dataset to check.',
      '`budget` is "-1"; it has to be a number of at least 0 and at most 365.',
      '`kind` is "column"; did you mean `columns`?',
      '`show-values` is "yes"; it has to be `true` or `false`.',
      '`fail-on` is "perhaps"; it can be `fail`, `warn`, `never`.',
    ])
  })

  it.each(['', ' ', 'NaN', 'Infinity', '1,5', '1e999'])('does not take %j for a number', (budget) => {
    if (budget === '') expect(parse({ current: 'a', budget }).budget).toBe(1)
    else expect(() => parse({ current: 'a', budget })).toThrow('it has to be a number')
  })
})
