import { defineAction, input } from '@mlwright/action'
import { renderDiff } from '@mlwright/report'
import { diffVersions } from './diff-versions.ts'

export default defineAction({
  name: 'diff',
  description: 'Show what differs between two versions: metrics, features, params, data, commits and size.',
  question: true,
  positional: ['from', 'to'],
  inputs: {
    from: input.text('The version to start from, such as churn@v1.3.0.'),
    to: input.text('The version to compare it with, such as churn@v1.4.0 or v1.4.0.'),
  },
  outputs: { diff: 'The differences (JSON): `metrics`, `features`, `params`, `data`, and both versions.' },
  async run(inputs, ports) {
    const { diff, shown } = await diffVersions(inputs, ports)
    return { verdict: 'pass', summary: renderDiff(shown), noun: diff, outputs: { diff: JSON.stringify(diff) } }
  },
})
