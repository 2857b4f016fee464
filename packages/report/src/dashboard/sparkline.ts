import { html, type Markup, nothing } from '../html/markup.ts'
import { fmtNumber, none } from '../numbers.ts'
import type { ColumnPoint } from './column-trend.ts'

const height = 36
const edge = 6
/** Up to so many points the line has one width; from there on it grows. */
const few = 40

/** A column's effect over time in one line of a table, with its threshold as a level line and squares where it drifted. */
export function sparkline(points: readonly (ColumnPoint | null)[]): Markup {
  const shares = points.map((point) => point?.effect?.share ?? null)
  const known = shares.filter((share) => share !== null)
  if (known.length === 0) return html`${none}`
  const high = Math.max(1.2, ...known)
  const width = Math.min(480, 160 + 4 * Math.max(0, points.length - few))
  const side = points.length > few ? 4 : 6
  const x = (at: number) =>
    (points.length === 1 ? width / 2 : edge + (at / (points.length - 1)) * (width - 2 * edge)).toFixed(1)
  const y = (share: number) => (height - edge - (Math.max(0, share) / high) * (height - 2 * edge)).toFixed(1)
  const line = shares.flatMap((share, at) => (share === null ? [] : [`${x(at)},${y(share)}`])).join(' ')
  const alarms = points.flatMap((point, at) =>
    point?.drifted
      ? [
          html`<rect class="alarm" x="${(Number(x(at)) - side / 2).toFixed(1)}" y="${(Number(y(point.effect?.share ?? 1)) - side / 2).toFixed(1)}" width="${side}" height="${side}"/>`,
        ]
      : [],
  )
  const dot =
    known.length === 1 && alarms.length === 0
      ? html`<circle cx="${x(shares.findIndex((share) => share !== null))}" cy="${y(known[0]!)}" r="2.5"/>`
      : nothing
  const newest = shares.slice(-few)
  const said = `${shares.length > few ? `the newest ${few} of ${shares.length}: ` : ''}${newest.map((share) => fmtNumber(share)).join(', ')}`
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Effect as a share of its threshold, oldest first: ${said}"><line class="limit" x1="0" x2="${width}" y1="${y(1)}" y2="${y(1)}"/><polyline points="${line}"/>${alarms}${dot}</svg>`
}
