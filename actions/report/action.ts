import { defineAction, input } from '@mlwright/action'
import { reportOutcome, reportOutputs } from './report-outcome.ts'

export default defineAction({
  name: 'report',
  description: 'Render what the previous steps wrote into one document and publish it on the pull request.',
  inputs: {
    mode: input.choice(
      'What this job may do: `render` only writes the report and uploads the records, for a job without write permissions; `publish` takes the records from the artifact of another job and publishes them; `all` does both in one job.',
      ['all', 'render', 'publish'],
      { default: 'all' },
    ),
  },
  outputs: reportOutputs,
  async run(inputs, ports) {
    const { report } = await import('./report.ts')
    return reportOutcome(await report(inputs, ports))
  },
})
