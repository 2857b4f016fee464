import type { Evaluation } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { type Chart, evenGrid, palette, resample } from '../chart.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtCount, fmtLimit, fmtPercent, fmtScore } from '../numbers.ts'

type Points = readonly (readonly [number, number])[]

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

function curve(
  title: string,
  x: string,
  y: string,
  lines: readonly { name: string; points: Points }[],
  chance: string | null,
): Block[] {
  const fine = evenGrid(20)
  const chart: Chart = {
    title,
    x,
    y,
    grid: fine,
    lines: [
      ...lines.map((line) => ({ name: line.name, y: resample(line.points, fine) })),
      ...(chance !== null ? [{ name: 'diagonal', y: fine }] : []),
    ],
  }
  const coarse = evenGrid(10)
  const values = lines.map((line) => resample(line.points, coarse))
  const legend = [
    ...lines.map((line, index) => `${palette[index]!.mark} ${line.name}`),
    ...(chance !== null ? [`${palette[2].mark} ${chance}`] : []),
  ]
  return [
    paragraph(`${title}: ${legend.join(', ')}.`),
    { kind: 'chart', chart },
    table(
      [x, ...lines.map((line) => `${y}, ${line.name}`)],
      'r'.repeat(lines.length + 1),
      coarse.map((at, row) => [at.toFixed(1), ...values.map((line) => fmtScore(line[row]!))]),
    ),
  ]
}

/** Predicted score against the share that came true, with the rows behind each bin. */
function calibration(evaluation: Evaluation, here: string): Block[] {
  const bins = evaluation.curves!.calibration
  if (bins.length === 0) return []
  const points: Points = bins.map((bin) => [bin.score, bin.share])
  const [legend, chart] = curve(
    'Calibration',
    'mean score',
    'share that came true',
    [{ name: here, points }],
    'perfect',
  )
  return [
    legend!,
    chart!,
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
  const drawn = curves
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
  if (matrix.length + drawn.length === 0) return []
  const threshold = evaluation.threshold === null ? '' : ` at the threshold ${fmtLimit(evaluation.threshold)}`
  return [
    details(drawn.length === 0 ? 'Confusion matrix' : matrix.length === 0 ? 'Curves' : 'Confusion matrix and curves', [
      ...(matrix.length > 0
        ? [paragraph(`Confusion matrix${threshold}, with shares of each actual class:`), ...matrix]
        : []),
      ...drawn,
    ]),
  ]
}
