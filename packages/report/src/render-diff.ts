import type { Comparison, Evaluation, Run } from '@mlwright/domain'
import { type Block, paragraph, table } from './block.ts'
import { code, sentence } from './code.ts'
import { alone, type Context } from './context.ts'
import { fmtBytes, fmtChange, fmtCount, fmtNumber } from './numbers.ts'
import { actionSummary } from './render-validation.ts'
import { dataChanges, featureChanges, paramChanges } from './sections/changes.ts'
import { factsLine } from './sections/facts-line.ts'
import { flips } from './sections/flips.ts'
import { metricOrder, metricTable } from './sections/metric-table.ts'
import { commitLink } from './sections/run-facts.ts'
import { slices } from './sections/slices.ts'

/** One of two versions that are compared. */
export interface DiffedVersion {
  readonly version: string
  readonly commit: string
  readonly run: Run
  readonly evaluation: Evaluation | null
}

/** What the differences between two versions of a model are shown from. */
export interface VersionsInput {
  readonly model: string
  readonly from: DiffedVersion
  readonly to: DiffedVersion
  /** On the same rows; null where that was not possible, and `reason` then says why. */
  readonly comparison: Comparison | null
  readonly reason: string | null
  readonly changes: Pick<Comparison, 'features' | 'params' | 'data'>
  /** Address of the repository. */
  readonly repository: string | null
}

/** Each version's metrics on its own test rows. */
function ownMetrics({ from, reason, to }: VersionsInput, context: Context): Block[] {
  const why = reason === null ? '' : ` ${sentence(reason)}.`
  if (!to.evaluation) return [paragraph(`**No metrics.** ${context.here} was never evaluated.${why}`)]
  const rows = metricOrder(to.evaluation).map((name) => {
    const [was, is] = [from.evaluation?.metrics[name]?.value ?? null, to.evaluation!.metrics[name]!.value]
    const change = was === null || is === null ? 'not comparable' : fmtChange(is - was, is)
    return [code(name), fmtNumber(was), fmtNumber(is), change]
  })
  return [
    paragraph(`**Each version on its own test rows**, so a change may be one of the rows.${why}`),
    table(['metric', context.base, context.here, 'change'], 'lrrr', rows),
  ]
}

function sameRows(comparison: Comparison, evaluation: Evaluation, context: Context): Block[] {
  const shown = { evaluation: { ...evaluation, gates: [] }, comparison: { ...comparison, gates: [] } }
  const baseline = { run: null, evaluation: null, retrained: false, reason: null }
  return [
    metricTable(shown, context),
    factsLine({ ...shown, baseline }, context),
    ...flips(comparison, context),
    ...slices(comparison, evaluation.primary, context),
  ]
}

function facts({ from, to }: VersionsInput, context: Context): Block {
  const rows: [string, (version: DiffedVersion) => string][] = [
    ['commit', ({ commit }) => commitLink(commit, context)],
    ['run', ({ run }) => code(run.id)],
    ['author', ({ run }) => code(run.code.author)],
    ['trainer', ({ run }) => code(run.code.script)],
    ['features', ({ run }) => fmtCount(run.features.length)],
    ['training rows', ({ run }) => fmtCount(run.rows.train)],
    [
      'model',
      ({ run: { model_file: file } }) => (file ? `${fmtBytes(file.bytes)}, ${code(file.digest.slice(0, 12))}` : 'none'),
    ],
    ['mlwright', ({ run }) => code(run.environment.mlwright, 20)],
  ]
  return table(
    ['', context.base, context.here],
    'lll',
    rows.map(([name, cell]) => [name, cell(from), cell(to)]),
  )
}

/** What differs between two versions of a model: metrics, features, params, data, commits and size. */
export function renderDiff(input: VersionsInput): string {
  const { changes, comparison, from, model, repository, to } = input
  const context: Context = { ...alone, base: code(from.version, 60), here: code(to.version, 60), repository }
  return actionSummary([
    { kind: 'heading', level: 3, text: `${code(model)}: ${context.base} → ${context.here}` },
    ...(comparison && to.evaluation ? sameRows(comparison, to.evaluation, context) : ownMetrics(input, context)),
    ...featureChanges(changes, context),
    ...paramChanges(changes, context),
    ...dataChanges(changes, context),
    facts(input, context),
  ])
}
