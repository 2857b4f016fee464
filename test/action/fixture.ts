import { defineAction, input } from '@mlwright/action'
import { UserError, type Verdict } from '@mlwright/domain'

/** An action with an input of every kind, that ends as it is told. */
export const monitor = defineAction({
  name: 'monitor',
  description: "Compare a dataset with its reference, and don't stop there.",
  inputs: {
    current: input.text('Dataset to check.'),
    budget: input.number('False alarms | year.', { default: 1, min: 0, max: 365 }),
    kind: input.choice('What to compare.', ['all', 'columns'], { default: 'all' }),
    'show-values': input.flag('Show values.', { default: false }),
    ending: input.text('How it ends.', { optional: true }),
  },
  outputs: { verdict: '`pass`, `warn` or `fail`.', report: 'Path of the report.' },
  async run(inputs, { runner }) {
    runner.log(JSON.stringify(inputs))
    if (inputs.ending === 'bug') throw new TypeError('x is not a function')
    if (inputs.ending === 'missing') throw new UserError('FILE_MISSING', 'There is no a.csv; correct the path.')
    const verdict = (inputs.ending ?? 'pass') as Verdict
    return {
      verdict,
      message: `It is a ${verdict}.`,
      summary: '## Monitor',
      noun: { verdict },
      annotations: [{ level: 'warning', title: 'psi', message: 'High.', location: null }],
      outputs: { verdict, report: 'report.json' },
    }
  },
})

export const values = (given: Record<string, string>) => (name: string) => given[name]
