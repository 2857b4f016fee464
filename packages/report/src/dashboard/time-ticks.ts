import { fmtDay } from './moment.ts'

export interface TimeTick {
  /** Unix seconds. */
  readonly at: number
  readonly label: string
}

const day = 86_400
/** Steps of a calendar, in months; below them in days. */
const months = [1, 3, 6, 12, 24, 60, 120, 240]
const days = [1, 2, 7, 14]

/** At most seven round places on a stretch of time: days, months or years, whichever fit; UTC. */
export function timeTicks(first: number, last: number, most = 7): TimeTick[] {
  const step = days.find((length) => (last - first) / (length * day) < most)
  if (step !== undefined) {
    const start = Math.ceil(first / (step * day)) * step * day
    const count = Math.max(0, Math.floor((last - start) / (step * day)) + 1)
    return Array.from({ length: count }, (_, at) => start + at * step * day).map((at) => ({ at, label: fmtDay(at) }))
  }
  const monthOf = (seconds: number) => {
    const date = new Date(seconds * 1000)
    return date.getUTCFullYear() * 12 + date.getUTCMonth()
  }
  const [from, to] = [monthOf(first - 1) + 1, monthOf(last)]
  const length = months.find((size) => (to - from) / size < most) ?? 12 * Math.ceil((to - from) / 12 / most)
  const start = Math.ceil(from / length) * length
  return Array.from({ length: Math.max(0, Math.floor((to - start) / length) + 1) }, (_, at) => {
    const month = start + at * length
    const seconds = Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000
    return { at: seconds, label: fmtDay(seconds).slice(0, length % 12 === 0 ? 4 : 7) }
  })
}
