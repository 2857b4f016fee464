/** What a date is split into; `days` is the date itself, so that a trend can be learned. */
export const calendarParts = ['days', 'month', 'day', 'weekday', 'day_of_year', 'hour'] as const
export type CalendarPart = (typeof calendarParts)[number]

/**
 * One calendar feature of a date in days since 1970-01-01 UTC: month 1–12, day 1–31, weekday 0 (Monday) to 6, day of the
 * year counted from 1 March (so that a date keeps its number in leap years), hour 0–24 with a fraction; NaN stays NaN.
 * Written in the operations that `calendarNodes` puts into the graph, in float64, so that both agree to the last bit.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
 */
export function calendarPart(part: CalendarPart, days: number): number {
  const date = Math.floor(days)
  if (part === 'days') return days
  if (part === 'hour') return (days - date) * 24
  if (part === 'weekday') return date + 3 - Math.floor((date + 3) / 7) * 7
  const shifted = date + 719468
  const ofEra = shifted - Math.floor(shifted / 146097) * 146097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  )
  const ofYear = ofEra - (year * 365 + Math.floor(year / 4) - Math.floor(year / 100))
  if (part === 'day_of_year') return ofYear
  const fromMarch = Math.floor((ofYear * 5 + 2) / 153)
  if (part === 'month') return fromMarch + 3 - Math.floor(fromMarch / 10) * 12
  return ofYear - Math.floor((fromMarch * 153 + 2) / 5) + 1
}
