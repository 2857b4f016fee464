import { type Chart, colourOf } from '../chart.ts'
import { escapeHtml } from './inline.ts'

const width = 480
const height = 300
const left = 52
const bottom = 44
const top = 14
const right = 12

const x = (value: number) => (left + value * (width - left - right)).toFixed(1)
const y = (value: number) => (height - bottom - value * (height - bottom - top)).toFixed(1)

/** A chart as inline SVG; the text above it has the legend. */
export function chartSvg(chart: Chart): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  const grid = ticks.map(
    (tick) =>
      `<line class="grid" x1="${x(0)}" x2="${x(1)}" y1="${y(tick)}" y2="${y(tick)}"/>` +
      `<text x="${left - 8}" y="${y(tick)}" text-anchor="end" dominant-baseline="middle">${tick}</text>` +
      `<text x="${x(tick)}" y="${height - bottom + 16}" text-anchor="middle">${tick}</text>`,
  )
  const lines = chart.lines.map((line, index) => {
    const points = chart.grid.map((at, row) => `${x(at)},${y(Math.min(1, Math.max(0, line.y[row] ?? 0)))}`).join(' ')
    const kind = line.name === 'diagonal' ? ' class="diagonal"' : ''
    return `<polyline${kind} stroke="${colourOf(line.name, index)}" points="${points}"/>`
  })
  const middle = (top + height - bottom) / 2
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(chart.title)}">${grid.join('')}${lines.join('')}
<text x="${x(0.5)}" y="${height - 6}" text-anchor="middle">${escapeHtml(chart.x)}</text>
<text x="12" y="${middle}" text-anchor="middle" transform="rotate(-90 12 ${middle})">${escapeHtml(chart.y)}</text></svg>`
}
