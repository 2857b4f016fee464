import { html, type Markup, nothing } from '../html/markup.ts'
import { fmtLimit, fmtNumber, plural } from '../numbers.ts'
import { axisTicks } from './axis.ts'
import { timeTicks } from './time-ticks.ts'

export interface TrendPoint {
  /** Place on the axis, in any unit, or in Unix seconds where the chart is of a time. */
  readonly x: number
  readonly y: number | null
  /** Drawn as a large square. */
  readonly alarm?: boolean
}

export interface TrendLine {
  readonly name: string
  /** A dashed line has hollow points. */
  readonly dashed: boolean
  readonly points: readonly TrendPoint[]
}

export interface Trend {
  readonly id: string
  readonly title: string
  /** What stands below the first and the last place. */
  readonly from: string
  readonly to: string
  /** Places are Unix seconds: days, months or years stand below them. */
  readonly time?: boolean
  readonly lines: readonly TrendLine[]
  /** Level lines with their names. */
  readonly limits?: readonly { readonly name: string; readonly y: number }[]
}

const width = 640
const height = 240
const inner = { left: 64, right: 28, top: 12, bottom: 34 }
/** From so many points on a line is drawn without them: only alarms are marked. */
const dense = 60

const known = (points: readonly TrendPoint[]) =>
  points.filter((point): point is TrendPoint & { y: number } => point.y !== null && Number.isFinite(point.y))

/** A line's unbroken parts: a point without a value ends one. */
function parts(points: readonly TrendPoint[]): (TrendPoint & { y: number })[][] {
  const all: (TrendPoint & { y: number })[][] = [[]]
  for (const point of points) {
    const [here] = known([point])
    if (here) all.at(-1)!.push(here)
    else all.push([])
  }
  return all.filter((part) => part.length > 0)
}

function description({ lines, limits = [], from, to }: Trend): string {
  const said = lines.flatMap(({ name, points }) => {
    const values = known(points).map(({ y }) => y)
    if (values.length === 0) return []
    const alarms = points.filter(({ alarm }) => alarm).length
    const range = `lowest ${fmtNumber(Math.min(...values))}, highest ${fmtNumber(Math.max(...values))}, last ${fmtNumber(values.at(-1)!)}`
    return [`${name}: ${plural(values.length, 'point')}, ${range}${alarms > 0 ? `, ${plural(alarms, 'alarm')}` : ''}.`]
  })
  const levels = limits.map(({ name, y }) => `${name}: ${fmtNumber(y)}.`)
  return [`From ${from} to ${to}.`, ...said, ...levels].join(' ')
}

/** A line chart as inline SVG with a title and a description for those who do not see it. Lines differ in their strokes and points, never in colour alone. */
export function trendChart(trend: Trend): Markup {
  const { id, title, lines, limits = [], from, to } = trend
  const points = lines.flatMap(({ points }) => known(points))
  const values = [...points.map(({ y }) => y), ...limits.map(({ y }) => y)]
  if (points.length === 0) return nothing
  const places = points.map((point) => point.x)
  const [first, last] = [Math.min(...places), Math.max(...places)]
  const ticks = axisTicks(Math.min(...values), Math.max(...values))
  const [low, high] = [ticks[0]!, ticks.at(-1)!]
  const x = (at: number) => {
    const share = last === first ? 0.5 : (at - first) / (last - first)
    return (inner.left + share * (width - inner.left - inner.right)).toFixed(1)
  }
  const y = (at: number) =>
    (height - inner.bottom - ((at - low) / (high - low)) * (height - inner.top - inner.bottom)).toFixed(1)
  const grid = ticks.map(
    (tick) =>
      html`<line class="grid" x1="${inner.left}" x2="${width - inner.right}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${inner.left - 8}" y="${y(tick)}" text-anchor="end" dominant-baseline="middle">${fmtLimit(tick)}</text>`,
  )
  const levels = limits.map(
    ({ y: at }) =>
      html`<line class="limit" x1="${inner.left}" x2="${width - inner.right}" y1="${y(at)}" y2="${y(at)}"/>`,
  )
  const bare = Math.max(...lines.map(({ points }) => points.length)) > dense
  const side = bare ? 7 : 10
  const mark = ({ x: at, y: value, alarm }: TrendPoint & { y: number }, dashed: boolean) => {
    if (alarm)
      return html`<rect class="alarm" x="${(Number(x(at)) - side / 2).toFixed(1)}" y="${(Number(y(value)) - side / 2).toFixed(1)}" width="${side}" height="${side}"/>`
    if (bare) return nothing
    return html`<circle${dashed ? html` class="hollow"` : nothing} cx="${x(at)}" cy="${y(value)}" r="3.2"/>`
  }
  const drawn = lines.map(({ dashed, points }) => {
    const strokes = parts(points).map(
      (part) =>
        html`<polyline${dashed ? html` class="dashed"` : nothing} points="${part.map((p) => `${x(p.x)},${y(p.y)}`).join(' ')}"/>`,
    )
    return html`${strokes}${known(points).map((point) => mark(point, dashed))}`
  })
  const below = height - inner.bottom + 20
  const middle = (at: string, label: string) => html`<text x="${at}" y="${below}" text-anchor="middle">${label}</text>`
  const dates = trend.time ? timeTicks(first, last) : []
  const ends =
    dates.length > 1
      ? dates.map(
          ({ at, label }) =>
            html`<line class="grid" x1="${x(at)}" x2="${x(at)}" y1="${height - inner.bottom}" y2="${height - inner.bottom + 5}"/>${middle(x(at), label)}`,
        )
      : from === to
        ? middle(x((first + last) / 2), from)
        : html`<text x="${inner.left}" y="${below}">${from}</text><text x="${width - inner.right}" y="${below}" text-anchor="end">${to}</text>`
  return html`<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description(trend)}</desc>${grid}${levels}${drawn}${ends}</svg>`
}
