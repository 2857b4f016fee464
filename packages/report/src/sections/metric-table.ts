import type { Comparison, Evaluation, MetricChange } from '@mlwright/domain'
import { type Block, table } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { gateCell, gatesOf, lowerIsBetter } from '../gates.ts'
import { fmtChange, fmtInterval, fmtLevel, fmtNumber } from '../numbers.ts'
import type { ModelReport } from '../report-input.ts'

function changeCell(change: MetricChange | undefined, value: number | null): string {
  if (!change || change.change === null) return 'not comparable'
  if (change.change === 0) return 'none'
  const number = fmtChange(change.change, value ?? change.change)
  if (change.noise) return `${number} within noise`
  return `${change.change > 0 ? '↑' : '↓'} **${number}** ${change.better ? 'better' : 'worse'}`
}

const intervalCell = (change: MetricChange | undefined) =>
  fmtInterval(change?.low ?? null, change?.high ?? null, { signed: true, scale: change?.candidate ?? null })

function trainCell(train: number | null | undefined, test: number | null): string {
  if (train === null || train === undefined) return ''
  if (test === null) return fmtNumber(train)
  return `${fmtNumber(train)} (${fmtChange(train - test, train)})`
}

/** Names of the metrics, the primary one first. */
export function metricOrder(evaluation: Evaluation): string[] {
  const names = Object.keys(evaluation.metrics)
  return [evaluation.primary, ...names.filter((name) => name !== evaluation.primary)].filter((name) =>
    names.includes(name),
  )
}

/** `metric | main | this PR | change | interval | gate | train`, and a `majority` row; without a comparison no change columns. */
export function metricTable(
  model: Pick<ModelReport, 'evaluation' | 'comparison'> & { readonly evaluation: Evaluation },
  context: Context,
): Block {
  const { evaluation } = model
  const comparison: Comparison | null = model.comparison
  const gates = gatesOf(model)
  const trained = Object.keys(evaluation.train_metrics).length > 0
  const level = fmtLevel(comparison?.level ?? evaluation.level)

  const columns: { head: string; align: string; cell: (name: string) => string; majority: string }[] = [
    {
      head: 'metric',
      align: 'l',
      cell: (name) => `${code(name)} ${lowerIsBetter(name) ? '(lower is better)' : ''}`.trim(),
      majority: evaluation.task === 'regression' ? 'mean' : 'majority',
    },
  ]
  const majority = fmtNumber(evaluation.majority_metrics[evaluation.primary] ?? null)
  const here = (name: string) => comparison?.metrics[name]?.candidate ?? evaluation.metrics[name]!.value
  const bold = (name: string, text: string) => (name === evaluation.primary ? `**${text}**` : text)
  if (comparison)
    columns.push({
      head: context.base,
      align: 'r',
      cell: (name) => fmtNumber(comparison.metrics[name]?.baseline ?? null),
      majority: '',
    })
  columns.push({ head: context.here, align: 'r', cell: (name) => bold(name, fmtNumber(here(name))), majority })
  if (comparison) {
    columns.push({
      head: 'change',
      align: 'r',
      cell: (name) => changeCell(comparison.metrics[name], here(name)),
      majority: '',
    })
    columns.push({
      head: `${level} interval`,
      align: 'r',
      cell: (name) => intervalCell(comparison.metrics[name]),
      majority: '',
    })
  } else
    columns.push({
      head: `${level} interval`,
      align: 'r',
      cell: (name) => fmtInterval(evaluation.metrics[name]!.low, evaluation.metrics[name]!.high),
      majority: '',
    })
  if (gates.length > 0)
    columns.push({
      head: 'gate',
      align: 'l',
      cell: (name) =>
        gates
          .filter((gate) => gate.metric === name)
          .map(gateCell)
          .join(' · '),
      majority: '',
    })
  if (trained)
    columns.push({
      head: 'train (gap)',
      align: 'r',
      cell: (name) => trainCell(evaluation.train_metrics[name], evaluation.metrics[name]!.value),
      majority: '',
    })

  const rows = metricOrder(evaluation).map((name) => columns.map((column) => column.cell(name)))
  const last = Object.keys(evaluation.majority_metrics).length > 0 ? [columns.map((column) => column.majority)] : []
  return table(
    columns.map((column) => column.head),
    columns.map((column) => column.align).join(''),
    [...rows, ...last],
  )
}
