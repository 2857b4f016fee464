import type { ColumnDrift } from '@mlwright/domain'
import { type Block, details, paragraph } from '../block.ts'
import { palette } from '../chart.ts'
import { code } from '../code.ts'
import { type DriftPoint, dayOf } from '../drift-series.ts'
import { plural } from '../numbers.ts'
import { strongest } from '../render-drift.ts'

/** More columns would be more than somebody looks at. */
const mostCharts = 6

/** A column's effect in the points that measured it, beside the threshold from which on it matters. */
function columnChart([name, column]: [string, ColumnDrift], points: readonly DriftPoint[]): Block[] {
  const test = strongest(column)
  const effect = test === undefined ? undefined : column.effects[test]
  if (test === undefined || effect === undefined) return []
  const measured = points.flatMap(({ id, report }) => {
    const value = report.columns[name]?.effects[test]?.value
    return typeof value === 'number' ? [{ id, value }] : []
  })
  if (measured.length < 2) return []
  const values = measured.map(({ value }) => value)
  const grid = measured.map((_, index) => index + 1)
  const top = Math.min(1, 1.1 * Math.max(effect.threshold, ...values)) || 1
  const legend = `${palette[0].mark} ${code(effect.name, 80)}, ${palette[2].mark} matters from here`
  const between = `${plural(measured.length, 'run')} from ${dayOf(measured[0]!)} to ${dayOf(measured.at(-1)!)}`
  return [
    paragraph(`${code(name, 60)}: ${legend}; ${between}.`),
    {
      kind: 'chart',
      chart: {
        title: name,
        x: 'runs until the newest',
        y: 'effect',
        grid,
        top,
        lines: [
          { name: 'effect', y: values },
          { name: 'diagonal', y: grid.map(() => effect.threshold) },
        ],
      },
    },
  ]
}

/** A chart for each drifted column with a history, the first few in sight. */
export function driftCharts(drifted: readonly [string, ColumnDrift][], points: readonly DriftPoint[]): Block[] {
  const charts = drifted.slice(0, mostCharts).map((column) => columnChart(column, points))
  const folded = charts.slice(2).flat()
  return [...charts.slice(0, 2).flat(), ...(folded.length > 0 ? [details('More columns', folded)] : [])]
}
