import { type Annotation, type Ports, UserError, type Verdict } from '@mlwright/domain'
import { renderReport } from '@mlwright/report'
import { Records } from '@mlwright/tracking'
import { artifactName, folderPrefix } from '../common/artifact-name.ts'
import { upload } from '../common/upload.ts'
import { type Published, publish } from './publish.ts'
import { targetOf } from './pull-request.ts'
import { receive } from './receive.ts'
import { reportInput } from './report-input.ts'
import { configAt } from './rules.ts'
import { saveRecords } from './save-records.ts'

export interface ReportInputs {
  readonly config: string
  readonly model?: string | undefined
  readonly workingDirectory?: string | undefined
  readonly mode: 'all' | 'render' | 'publish'
}

export interface Reported extends Published {
  readonly verdict: Verdict
  readonly title: string
  readonly summary: string
  /** What the job log should annotate: nothing where a check run does. */
  readonly annotations: readonly Annotation[]
}

/** What the job that publishes reads. */
const handedOver = [
  '.mlwright/validations/*.json',
  '.mlwright/problems/*.json',
  '.mlwright/runs/*/*',
  '.mlwright/latest/*',
  '.mlwright/baselines/*',
  '.mlwright/salt',
  '.mlwright/report.md',
  '.mlwright/report.html',
]

const nothing = { commentUrl: null, checkUrl: null }

/** A publishing job whose judging job left nothing: that job failed, and so does this one. */
const nothingReceived = (artifact: string): Reported => ({
  ...nothing,
  verdict: 'fail',
  title: `There is no artifact ${artifact} to publish; the log of the job before this one says why.`,
  summary: '',
  annotations: [],
})

/** Renders what the previous steps wrote, and publishes it as far as this job may; null where there is nothing to report. */
export async function report(inputs: ReportInputs, ports: Ports): Promise<Reported | null> {
  const { event, files, git, runner } = ports
  const artifact = artifactName('records', inputs)
  const untrusted = inputs.mode === 'publish'
  if (untrusted && event.name === 'local')
    throw new UserError('INPUT_INVALID', 'The mode `publish` is for a job on GitHub; leave `mode` out here.')
  const target = await targetOf(ports)
  if (event.origin && !target) return null
  if (untrusted && !(await receive(ports, artifact))) return nothingReceived(artifact)
  const prefix = untrusted ? folderPrefix(inputs) : (await git.head()).prefix
  const records = new Records(ports.refs)
  const input = await reportInput(ports, records, {
    configPath: inputs.config,
    model: inputs.model,
    prefix,
    target,
    commit: event.origin?.commit ?? event.commit,
    baseCommit: untrusted && target ? ((await ports.pulls.get(target.number))?.base.commit ?? null) : null,
    untrusted,
  })
  if (input === null) return null
  const rendered = renderReport(input)
  await files.write('.mlwright/report.md', rendered.comment)
  await files.write('.mlwright/report.html', rendered.html)
  const done = (published: Published): Reported => ({
    ...published,
    verdict: input.verdict,
    title: rendered.checkTitle,
    summary: rendered.summary,
    annotations: published.checkUrl ? [] : rendered.annotations,
  })
  if (inputs.mode === 'render') {
    await upload(ports, artifact, handedOver)
    return done(nothing)
  }
  if (input.fork && !event.origin) {
    runner.log("This run's token comes from a fork and cannot write; the workflow publish.yml publishes its report.")
    await upload(ports, artifact, handedOver)
    return done(nothing)
  }
  if (!event.origin) {
    const config = await configAt(ports.refs, event.commit, prefix + inputs.config)
    await saveRecords(ports, records, input, config?.records.predictions ?? true)
  }
  return done(event.name === 'local' ? nothing : await publish(ports, input, rendered, target))
}
