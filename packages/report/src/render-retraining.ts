import type { MetricChange, Retraining, StrategyResult } from '@mlwright/domain'
import { type Block, details, list, paragraph, table } from './block.ts'
import { code } from './code.ts'
import { type DriftPoint, dayOf, rings, unbroken } from './drift-series.ts'
import { characters, fitSize } from './fit-size.ts'
import { link } from './link.ts'
import { toMarkdown } from './markdown.ts'
import { fmtChange, fmtCount, fmtInterval, fmtLimit, fmtNumber, none, plural } from './numbers.ts'
import { driftEvidence, headline } from './sections/drift-evidence.ts'

export interface RetrainingInput {
  readonly retraining: Retraining
  /** The newest points of the monitoring history, oldest first; the last one is the reason. */
  readonly points: readonly DriftPoint[]
  /** Points of the last one's calendar year. */
  readonly thisYear: number
  /** Address of the workflow run; null outside one. */
  readonly runUrl: string | null
  /** The branch has commits that are not ours, so that it may hold another candidate than the one that is told of. */
  readonly kept: boolean
  /** Days without a new pull request after this one is closed or merged. */
  readonly cooldownDays: number
}

/** The hidden first line by which a model's retraining is known. */
export const retrainingMarker = (model: string): string =>
  `<!-- mlwright:retrain model=${model.replace(/[^A-Za-z0-9_.-]+/g, '-')} -->`

const meaning: Readonly<Record<StrategyResult['strategy'], string>> = {
  combined: 'old and new rows',
  window: 'the newest rows of both',
  'new-only': 'new rows',
}

const metricOf = (result: StrategyResult, holdout: 'old' | 'new', metric: string): MetricChange | undefined =>
  result[holdout]?.metrics[metric]

function cells(change: MetricChange | undefined): string[] {
  if (!change) return [none, none]
  const { candidate, baseline, change: by, low, high, noise } = change
  const interval =
    by === null
      ? none
      : `${fmtChange(by, baseline ?? by)} (${fmtInterval(low, high, { signed: true, scale: baseline })})`
  return [fmtNumber(candidate), noise ? `${interval}, noise` : interval]
}

/** Each strategy on both holdouts, below the champion on the same rows. */
function strategyTable({ champion, picked, primary, strategies }: Retraining): Block[] {
  if (primary === null || strategies.length === 0) return []
  const judged = strategies.find((result) => result.old !== null)
  const value = (holdout: 'old' | 'new') => fmtNumber((judged && metricOf(judged, holdout, primary)?.baseline) ?? null)
  const rows = strategies.map((result) => [
    `${result.strategy === picked ? '✅ ' : ''}${code(result.strategy)}: ${meaning[result.strategy]}`,
    fmtCount(result.rows),
    ...cells(metricOf(result, 'old', primary)),
    ...cells(metricOf(result, 'new', primary)),
  ])
  const head = (holdout: 'old' | 'new') =>
    `${holdout === 'old' ? 'Old' : 'New'} holdout (${plural(judged?.[holdout]?.rows ?? 0, 'row')})`
  const top = champion ? [[`Champion ${code(champion.name)}`, none, value('old'), none, value('new'), none]] : []
  return [
    table(['Trained on', 'Rows', head('old'), 'Change', head('new'), 'Change'], 'lrrrrr', [...top, ...rows]),
    ...strategies.flatMap(({ strategy, failure }) =>
      failure === null ? [] : [paragraph(`${code(strategy)} left no candidate: ${code(failure, 400)}.`)],
    ),
  ]
}

/** Every metric of every strategy on both holdouts. */
function allMetrics({ strategies }: Retraining): Block[] {
  const judged = strategies.filter((result) => result.old !== null)
  const [first] = judged
  if (!first) return []
  const rows = Object.keys(first.old!.metrics).flatMap((metric) =>
    (['old', 'new'] as const).map((holdout) => [
      code(metric),
      holdout,
      fmtNumber(metricOf(first, holdout, metric)?.baseline ?? null),
      ...judged.map((result) => cells(metricOf(result, holdout, metric)).join(' ')),
    ]),
  )
  const names = judged.map(({ strategy }) => code(strategy))
  return [
    details('Every metric', [
      table(['Metric', 'Holdout', 'Champion', ...names], `llr${'r'.repeat(names.length)}`, rows),
    ]),
  ]
}

/** What the candidate is worth where it matters, in one sentence. */
function worth({ picked, primary, strategies, champion }: Retraining): string {
  const result = strategies.find(({ strategy }) => strategy === picked)
  const change = result && primary !== null ? metricOf(result, 'new', primary) : undefined
  if (!change || primary === null || !champion || change.change === null)
    return 'There is no model that could answer for the newest rows, so that it is compared with none.'
  const values = `${code(primary)} ${fmtNumber(change.baseline)} → ${fmtNumber(change.candidate)}`
  const sure = change.better !== null && !change.noise && change.low !== null
  const how = sure
    ? `it is ${change.better ? 'better' : '**worse**'} than ${code(champion.name)} by more than chance`
    : `chance alone could make its difference from ${code(champion.name)}`
  return `On the newest rows, which no candidate was trained on, ${how}: ${values}.`
}

/** What the drift did to the champion, as labels measure it. */
function measured({ champion, primary, strategies }: Retraining): Block[] {
  const judged = strategies.find((result) => result.old !== null)
  const value = (holdout: 'old' | 'new') =>
    judged && primary !== null ? metricOf(judged, holdout, primary)?.baseline : null
  const [before, now] = [value('old') ?? null, value('new') ?? null]
  if (!champion || primary === null || before === null || now === null) return []
  return [
    paragraph(
      `**What it did to the model**, measured with labels: ${code(primary)} of ${code(champion.name)} is ${fmtNumber(before)} on the old holdout and ${fmtNumber(now)} on the newest rows.`,
    ),
  ]
}

function rule({ strategies, primary, max_drop }: Retraining): string {
  const drop =
    max_drop === null
      ? ''
      : ` Those that lose more than ${fmtLimit(max_drop)} on the old holdout, beyond chance, are left out.`
  const chosen =
    strategies.length > 1
      ? ' Since one of several was chosen by them, its figures on the new holdout are a little too good.'
      : ''
  return `**The rule**: the best ${code(primary ?? '')} on the new holdout; among those that chance cannot tell from it, the best on the old one.${drop}${chosen} Intervals are 95%, paired by row, and cover the sampling of the holdouts only.`
}

function dataSentence({ data, strategies }: Retraining): string {
  const holdout = strategies.find((result) => result.new !== null)?.new?.rows ?? 0
  if (!data) return ''
  const known = data.known > 0 ? `, of which the model's data has ${fmtCount(data.known)} already` : ''
  return `**New data**: ${plural(data.rows, 'row')} of ${code(data.name)}, ${fmtCount(data.labelled)} with a label${known}. The newest ${fmtCount(holdout)} test, and train nothing.`
}

/** Text of the pull request that proposes a retraining: what merging does, why, how sure, and what the candidates are worth. */
export function renderRetraining(input: RetrainingInput): { readonly title: string; readonly body: string } {
  const { retraining, points, thisYear, runUrl, kept, cooldownDays } = input
  const { model, picked, champion, report } = retraining
  const last = points.at(-1)!
  const series = unbroken(points, rings)
  const digest = retraining.strategies.find(({ strategy }) => strategy === picked)?.input_digest ?? ''
  const lead = kept
    ? `⚠️ This branch has commits by others and is left as it is. What stands below is about a candidate of ${dayOf(last)}, which the branch may not hold.`
    : `Merging this trains ${code(model)} on ${meaning[picked ?? 'combined']} (${code(picked)}). ${worth(retraining)}`
  const blocks: Block[] = [
    paragraph([retrainingMarker(model), lead].join('\n')),
    ...strategyTable(retraining),
    paragraph(rule(retraining)),
    ...(champion && !champion.same_inputs && champion.version
      ? [
          paragraph(
            `⚠️ ${code(champion.name)} was trained from other inputs than the repository has now; it may have been trained on rows of the old holdout, where it then looks better than it is.`,
          ),
        ]
      : []),
    ...allMetrics(retraining),
    paragraph(dataSentence(retraining)),
    { kind: 'heading', level: 3, text: 'Why' },
    paragraph(headline(report, series.length > 0 ? series : [last], points)),
    ...measured(retraining),
    ...driftEvidence(points, thisYear),
    { kind: 'heading', level: 3, text: 'What happens next' },
    list([
      `The experiment of this pull request trains this very candidate (inputs ${code(digest.slice(0, 16))}) from the file that it adds. Where a workflow's token opened it, GitHub starts none by itself: where checks are required, a maintainer has to press **Approve workflows to run**.`,
      'Merging it makes the candidate a version and proposes its promotion, as every merge does.',
      `Closing it is remembered: no other one is opened for ${plural(cooldownDays, 'day')}. It is closed by itself when the data no longer drifts. Commits that you add are never overwritten.`,
      `${link('The last run', runUrl)} looked on ${dayOf(last)}.`,
    ]),
  ]
  const room = { limit: 65_000, measure: characters, elsewhere: 'the records branch' }
  return { title: `Retrain ${model} (${picked ?? 'kept'})`, body: toMarkdown(fitSize(blocks, room)) }
}
