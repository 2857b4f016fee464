import type { Evaluation } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { type Chart, evenGrid, palette, resample } from '../chart.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtCount, fmtLimit, fmtPercent, fmtScore } from '../numbers.ts'

type Points = readonly (readonly [number, number])[]

interface Line {
  readonly name: string
  readonly points: Points
}

/** counts[actual][predicted] as a table: rows are what was true, columns what was predicted, shares are of the row. */
function confusion(evaluation: Evaluation): Block[] {
  const { confusion: counts, classes } = evaluation
  if (!counts || counts.length > 20) return []
  const rows = counts.map((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    const cells = row.map((count, predicted) => {
      const text = `${fmtCount(count)} (${total === 0 ? '–' : fmtPercent(count / total)})`
      return actual === predicted ? `**${text}**` : text
    })
    return [`actual ${code(classes[actual] ?? String(actual), 40)}`, ...cells]
  })
  const head = ['', ...classes.map((name) => `predicted ${code(name, 40)}`)]
  return [table(head, `l${'r'.repeat(classes.length)}`, rows)]
}

/** A legend and the chart under it; `diagonal` names the line from corner to corner, where there is one. */
function drawn(axes: Omit<Chart, 'lines'>, lines: readonly Line[], diagonal: string | null): Block[] {
  const legend = [
    ...lines.map((line, index) => `${palette[index]!.mark} ${line.name}`),
    ...(diagonal === null ? [] : [`${palette[2].mark} ${diagonal}`]),
  ]
  const chart: Chart = {
    ...axes,
    lines: [
      ...lines.map((line) => ({ name: line.name, y: resample(line.points, axes.grid) })),
      ...(diagonal === null ? [] : [{ name: 'diagonal', y: axes.grid }]),
    ],
  }
  return [paragraph(`${axes.title}: ${legend.join(', ')}.`), { kind: 'chart', chart }]
}

/** A curve over 0 to 1, drawn and as numbers. */
function curve(title: string, x: string, y: string, lines: readonly Line[], diagonal: string | null): Block[] {
  const coarse = evenGrid(10)
  const values = lines.map((line) => resample(line.points, coarse))
  return [
    ...drawn({ title, x, y, grid: evenGrid(20) }, lines, diagonal),
    table(
      [x, ...lines.map((line) => `${y}, ${line.name}`)],
      'r'.repeat(lines.length + 1),
      coarse.map((at, row) => [at.toFixed(1), ...values.map((line) => fmtScore(line[row]!))]),
    ),
  ]
}

/** Predicted score against the share that came true, over the range that has rows, with the rows behind each bin. */
function calibration(evaluation: Evaluation, here: string): Block[] {
  const bins = evaluation.curves!.calibration
  if (bins.length < 2) return []
  const scores = bins.map((bin) => bin.score)
  const grid = evenGrid(20, Math.min(...scores), Math.max(...scores))
  const points: Points = bins.map((bin) => [bin.score, bin.share])
  return [
    ...drawn(
      { title: 'Calibration', x: 'mean score', y: 'share that came true', grid },
      [{ name: here, points }],
      'perfect',
    ),
    table(
      ['mean score', 'share that came true', 'rows'],
      'rrr',
      bins.map((bin) => [fmtScore(bin.score), fmtScore(bin.share), fmtCount(bin.rows)]),
    ),
  ]
}

/** Confusion matrix and curves, folded. */
export function confusionAndCurves(evaluation: Evaluation, baseline: Evaluation | null, context: Context): Block[] {
  const matrix = confusion(evaluation)
  const { curves } = evaluation
  const before = context.base.startsWith('`') ? 'baseline' : context.base
  const both = (pick: (curves: NonNullable<Evaluation['curves']>) => Points) => [
    { name: context.here, points: pick(curves!) },
    ...(baseline?.curves ? [{ name: before, points: pick(baseline.curves) }] : []),
  ]
  const charts = curves
    ? [
        ...(curves.roc.length > 0
          ? curve(
              'ROC',
              'false positive rate',
              'true positive rate',
              both((c) => c.roc),
              'guessing',
            )
          : []),
        ...(curves.precision_recall.length > 0
          ? curve(
              'Precision and recall',
              'recall',
              'precision',
              both((c) => c.precision_recall),
              null,
            )
          : []),
        ...calibration(evaluation, context.here),
      ]
    : []
  if (matrix.length + charts.length === 0) return []
  const threshold = evaluation.threshold === null ? '' : ` at the threshold ${fmtLimit(evaluation.threshold)}`
  return [
    details(charts.length === 0 ? 'Confusion matrix' : matrix.length === 0 ? 'Curves' : 'Confusion matrix and curves', [
      ...(matrix.length > 0
        ? [paragraph(`Confusion matrix${threshold}, with shares of each actual class:`), ...matrix]
        : []),
      ...charts,
    ]),
  ]
}
