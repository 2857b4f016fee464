import type { Comparison, Run } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { enumerate, fmtChange, fmtCount, fmtPercent, plural } from '../numbers.ts'

type Feature = Comparison['features'][number]

const some = (names: readonly string[]) => {
  const shown = names.slice(0, 5).map((name) => code(name, 60))
  return names.length > 5 ? `${shown.join(', ')} and ${fmtCount(names.length - 5)} more` : enumerate(shown)
}

function importances(features: readonly Feature[], context: Context): Block {
  const strongest = features
    .toSorted((a, b) => (b.candidate ?? b.baseline ?? 0) - (a.candidate ?? a.baseline ?? 0))
    .slice(0, 20)
  return table(
    ['feature', context.base, context.here, 'change'],
    'lrrr',
    strongest.map(({ name, baseline, candidate }) => [
      code(name, 60),
      baseline === null ? 'absent' : fmtPercent(baseline),
      candidate === null ? 'absent' : fmtPercent(candidate),
      baseline === null ? 'added' : candidate === null ? 'removed' : points(candidate - baseline),
    ]),
  )
}

const points = (change: number) =>
  Math.abs(change) < 0.0005 ? '0' : `${fmtChange(Number((change * 100).toFixed(1)), 100)} points`

/** Features added and removed in sight; all by importance, folded. */
export function featureChanges(comparison: Pick<Comparison, 'features'>, context: Context): Block[] {
  const { features } = comparison
  if (features.length === 0) return []
  const added = features.filter((feature) => feature.baseline === null).map((feature) => feature.name)
  const removed = features.filter((feature) => feature.candidate === null).map((feature) => feature.name)
  const parts = [
    ...(added.length > 0 ? [`${fmtCount(added.length)} added (${some(added)})`] : []),
    ...(removed.length > 0 ? [`${fmtCount(removed.length)} removed (${some(removed)})`] : []),
  ]
  const now = features.length - removed.length
  const text =
    parts.length > 0
      ? `${enumerate(parts)}; the model now has ${fmtCount(now)}`
      : `The same ${plural(now, 'feature')} as on ${context.base}`
  const title = features.length > 20 ? 'Importance of the 20 strongest features' : 'Importance of the features'
  return [paragraph(`**Features.** ${text}.`), details(title, [importances(features, context)])]
}

/** Importances of a model that is compared with nothing. */
export function featureImportance(run: Run): Block[] {
  if (run.importance.length === 0) return []
  const rows = run.importance.slice(0, 20).map(({ feature, share }) => [code(feature, 60), fmtPercent(share)])
  return [details('Importance of the features', [table(['feature', 'importance'], 'lr', rows)])]
}

const shorten = (json: string | null) => (json === null ? 'absent' : code(json, 60))

/** Changed parameters: a line for a few, a folded table for many. */
export function paramChanges(comparison: Pick<Comparison, 'params'>, context: Context): Block[] {
  const { params } = comparison
  if (params.length === 0) return []
  if (params.length <= 4)
    return [
      paragraph(
        `**Params.** ${params.map(({ path, baseline, candidate }) => `${code(path, 60)} ${shorten(baseline)} → ${shorten(candidate)}`).join(', ')}.`,
      ),
    ]
  return [
    paragraph(`**Params.** ${plural(params.length, 'parameter')} changed.`),
    details(`${plural(params.length, 'changed parameter')}`, [
      table(
        ['parameter', context.base, context.here],
        'lll',
        params.map(({ path, baseline, candidate }) => [code(path), shorten(baseline), shorten(candidate)]),
      ),
    ]),
  ]
}

/** Rows, columns and digests of the data, where they differ. */
export function dataChanges(comparison: Pick<Comparison, 'data'>, context: Context): Block[] {
  const { baseline, candidate, added, removed, retyped } = comparison.data
  const digest = (text: string) => code(text.slice(0, 8))
  if (baseline.digest === candidate.digest)
    return [
      paragraph(
        `**Training data.** The same ${plural(candidate.rows, 'row')} as on ${context.base} (digest ${digest(candidate.digest)}).`,
      ),
    ]
  const difference = candidate.rows - baseline.rows
  const rows =
    difference === 0
      ? `${plural(candidate.rows, 'row')} as before, with other content`
      : `${fmtCount(baseline.rows)} → ${plural(candidate.rows, 'row')} (${fmtChange(difference, 1e6)})`
  const parts = [
    rows,
    ...(added.length > 0 ? [`${plural(added.length, 'column')} added (${some(added)})`] : []),
    ...(removed.length > 0 ? [`${plural(removed.length, 'column')} removed (${some(removed)})`] : []),
    ...retyped
      .slice(0, 5)
      .map((column) => `${code(column.name, 60)} is ${code(column.candidate, 20)}, was ${code(column.baseline, 20)}`),
    ...(retyped.length > 5 ? [`${plural(retyped.length - 5, 'more column')} of another type`] : []),
  ]
  return [
    paragraph(
      `**Training data.** ${parts.join('; ')}; digest ${digest(baseline.digest)} → ${digest(candidate.digest)}.`,
    ),
  ]
}
