import { defineAction, input } from '@mlwright/action'
import { registerOutputs } from '../register/register-outcome.ts'
import { reportOutcome, reportOutputs } from '../report/report-outcome.ts'

const reported = { report: '', preview: '', 'comment-url': '', 'check-url': '' }
const registered = { version: '', tag: '', 'release-url': '', created: '' }

export default defineAction({
  name: 'mlwright',
  description:
    'Run a pipeline of mlwright.yml: an experiment and the publication of its report, or a release and its registration.',
  inputs: {
    pipeline: input.choice(
      '`experiment` validates, trains, evaluates and renders the report, and needs no write permission; `publish` puts the report of that job on the pull request and keeps its records. `release` finds the run that was merged, and needs no write permission; `register` makes it a version with a release, and proposes its promotion.',
      ['experiment', 'publish', 'release', 'register'],
      { default: 'experiment' },
    ),
  },
  outputs: { ...reportOutputs, ...registerOutputs, verdict: reportOutputs.verdict },
  async run(inputs, ports) {
    const { pipeline } = inputs
    if (pipeline === 'release' || pipeline === 'register') {
      const { prepareRelease, registerRelease } = await import('./release.ts')
      const outcome = await (pipeline === 'release' ? prepareRelease : registerRelease)(inputs, ports)
      return { ...outcome, outputs: { ...reported, ...outcome.outputs } }
    }
    const { report } = await import('../report/report.ts')
    const { experiment } = await import('./experiment.ts')
    const outcome = reportOutcome(
      pipeline === 'publish' ? await report({ ...inputs, mode: 'publish' }, ports) : await experiment(inputs, ports),
    )
    return { ...outcome, outputs: { ...registered, ...outcome.outputs } }
  },
})
