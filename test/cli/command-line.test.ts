import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../packages/cli/src/command-line.ts'
import { monitor } from '../action/fixture.ts'

const read = (...argv: string[]) => {
  const { values, ...rest } = readCommandLine(argv, monitor)
  return { values: Object.fromEntries(values), ...rest }
}

describe('readCommandLine', () => {
  it('reads values, values after =, flags and negated flags', () => {
    expect(read('--current', 'a b.csv', '--kind=all', '--show-values', '--json')).toEqual({
      values: { current: 'a b.csv', kind: 'all', 'show-values': 'true' },
      json: true,
      help: false,
      problems: [],
    })
    expect(read('--no-show-values').values).toEqual({ 'show-values': 'false' })
    expect(read('--show-values', 'false', '--budget', '-1').values).toEqual({ 'show-values': 'false', budget: '-1' })
    expect(read('--current=a=b').values).toEqual({ current: 'a=b' })
    expect(read('-h').help).toBe(true)
  })

  it('takes words for the positional inputs that are not given by name', () => {
    const positional = { ...monitor, positional: ['current', 'kind'] }
    const words = (...argv: string[]) => {
      const { values, problems } = readCommandLine(argv, positional)
      return [Object.fromEntries(values), ...problems]
    }
    expect(words('a.csv', '--show-values', 'all')).toEqual([{ current: 'a.csv', kind: 'all', 'show-values': 'true' }])
    expect(words('--current', 'a.csv', 'all')).toEqual([{ current: 'a.csv', kind: 'all' }])
    expect(words('a.csv', 'all', 'more')).toEqual([
      { current: 'a.csv', kind: 'all' },
      '`more` is not an option; write `--name value`.',
    ])
  })

  it('says what it cannot read', () => {
    expect(read('a.csv', '--current', '--kind=all', '--kind', 'all').problems).toEqual([
      '`a.csv` is not an option; write `--name value`.',
      '`--current` needs a value.',
      '`--kind` is given twice; give it once.',
    ])
  })
})
