import { defineAction, input } from '@mlwright/action'
import { report } from '../report/report.ts'
import { reportOutcome, reportOutputs } from '../report/report-outcome.ts'
import { experiment } from './experiment.ts'

export default defineAction({
  name: 'mlwright',
  description: 'Run a pipeline of mlwright.yml: an experiment, or the publication of its report.',
  inputs: {
    pipeline: input.choice(
      '`experiment` validates, trains, evaluates and renders the report, and needs no write permission; `publish` puts the report of another job on the pull request and keeps its records.',
      ['experiment', 'publish'],
      { default: 'experiment' },
    ),
  },
  outputs: reportOutputs,
  async run(inputs, ports) {
    const { pipeline } = inputs
    return reportOutcome(
      pipeline === 'publish' ? await report({ ...inputs, mode: 'publish' }, ports) : await experiment(inputs, ports),
    )
  },
})
