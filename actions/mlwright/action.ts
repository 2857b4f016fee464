import { defineAction, input } from '@mlwright/action'
import { monitorOutputs } from '../monitor/monitor-outcome.ts'
import { registerOutputs } from '../register/register-outcome.ts'
import { reportOutcome, reportOutputs } from '../report/report-outcome.ts'
import { retrainOutputs } from '../retrain/retrain-outcome.ts'

const reported = { report: '', preview: '', 'comment-url': '', 'check-url': '' }
const registered = { version: '', tag: '', 'release-url': '', created: '', packaged: '' }
const watched = { 'drifted-columns': '', 'issue-url': '', decision: '', 'pull-request': '' }

/** What monitoring says, of what this action says. */
const only = (given: Readonly<Record<'verdict' | 'report' | 'drifted-columns' | 'issue-url', string>>) => ({
  verdict: given.verdict,
  report: given.report,
  'drifted-columns': given['drifted-columns'],
  'issue-url': given['issue-url'],
})

export default defineAction({
  name: 'mlwright',
  description:
    'Run a pipeline of mlwright.yml: an experiment and the publication of its report, a release and its registration, or monitoring and the retraining that it asks for.',
  inputs: {
    pipeline: input.choice(
      '`experiment` validates, trains, evaluates and renders the report, and needs no write permission; `publish` puts the report of that job on the pull request and keeps its records. `release` finds the run that was merged, and needs no write permission; `register` makes it a version with a release, and proposes its promotion. `monitor` compares what production saw with its reference and trains candidates for what drifts, and needs no write permission; `retrain` keeps the history, the issue and the pull request that follow from it.',
      ['experiment', 'publish', 'release', 'register', 'monitor', 'retrain'],
      { default: 'experiment' },
    ),
  },
  outputs: {
    ...reportOutputs,
    ...registerOutputs,
    'drifted-columns': monitorOutputs['drifted-columns'],
    'issue-url': monitorOutputs['issue-url'],
    decision: retrainOutputs.decision,
    'pull-request': retrainOutputs['pull-request'],
    verdict: reportOutputs.verdict,
  },
  async run(inputs, ports) {
    const { pipeline } = inputs
    if (pipeline === 'release' || pipeline === 'register') {
      const { prepareRelease, registerRelease } = await import('./release.ts')
      const outcome = await (pipeline === 'release' ? prepareRelease : registerRelease)(inputs, ports)
      return { ...outcome, outputs: { ...reported, ...watched, ...outcome.outputs } }
    }
    if (pipeline === 'monitor' || pipeline === 'retrain') {
      const { prepareMonitoring, publishMonitoring } = await import('./monitoring.ts')
      if (pipeline === 'monitor') {
        const outcome = await prepareMonitoring(inputs, ports)
        return { ...outcome, outputs: { ...reported, ...registered, ...watched, ...only(outcome.outputs) } }
      }
      const { retrained, ...outcome } = await publishMonitoring(inputs, ports)
      const { decision = '', 'pull-request': pull = '' } = retrained?.outputs ?? {}
      const own = { ...watched, ...only(outcome.outputs), decision, 'pull-request': pull }
      return { ...outcome, outputs: { ...reported, ...registered, ...own } }
    }
    const { report } = await import('../report/report.ts')
    const { experiment } = await import('./experiment.ts')
    const outcome = reportOutcome(
      pipeline === 'publish' ? await report({ ...inputs, mode: 'publish' }, ports) : await experiment(inputs, ports),
    )
    return { ...outcome, outputs: { ...registered, ...watched, ...outcome.outputs } }
  },
})
