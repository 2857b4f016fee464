// Makes the tables in data/ from the CSV export of `Chicago` of the R package modeldata: node prepare.mjs chicago.csv
import { readFileSync, writeFileSync } from 'node:fs'

const day = 86_400_000
const iso = (time) => new Date(time).toISOString().slice(0, 10)

/** The n-th weekday (0 is Sunday) of a month, from its end where n is negative. */
function nth(year, month, weekday, n) {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const days = Array.from({ length: last }, (_, at) => Date.UTC(year, month - 1, at + 1))
  return days.filter((time) => new Date(time).getUTCDay() === weekday).at(n > 0 ? n - 1 : n)
}

/** What kind of day it is for commuters, by rules that are known years ahead. */
function holidays(year) {
  const fixed = (month, date) => Date.UTC(year, month - 1, date)
  const thanksgiving = nth(year, 11, 4, 4)
  const bridges = [thanksgiving + day, ...[24, 26, 27, 28, 29, 30, 31].map((date) => fixed(12, date))]
  const minor = [nth(year, 1, 1, 3), nth(year, 2, 1, 3), nth(year, 10, 1, 2), fixed(11, 11)]
  const major = [fixed(1, 1), nth(year, 5, 1, -1), fixed(7, 4), nth(year, 9, 1, 1), thanksgiving, fixed(12, 25)]
  const kinds = { bridge: bridges, minor, major }
  return Object.entries(kinds).flatMap(([kind, times]) => times.map((time) => [iso(time), kind]))
}

const kinds = new Map(Array.from({ length: 18 }, (_, at) => holidays(2000 + at)).flat())
const kindOf = (date) => kinds.get(date) ?? 'none'

const [head, ...lines] = readFileSync(process.argv[2], 'utf8').trim().split('\n')
const names = head.replaceAll('"', '').split(',')
const rows = lines.map((line) => {
  const cells = line.split(',')
  const value = (name) => cells[names.indexOf(name)]
  const date = value('date')
  const time = Date.parse(date)
  const weekday = new Date(time).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' })
  // Clark_Lake is what the station counted 14 days before.
  const before = [value('Clark_Lake'), kindOf(iso(time - 14 * day))]
  return [date, weekday, Number(date.slice(5, 7)), kindOf(date), ...before, value('ridership')]
})
rows.sort(([a], [b]) => (a < b ? -1 : 1))

const columns = ['date', 'weekday', 'month', 'holiday', 'riders_14d', 'holiday_14d', 'riders']
const table = (from, to) => `${[columns, ...rows.filter(([date]) => date >= from && date <= to)].join('\n')}\n`
writeFileSync('data/training.csv', table('2001', '2006-12-31'))
writeFileSync('data/later.csv', table('2007', '2016-12-31'))
writeFileSync('data/last-year.csv', table('2015-09-01', '2016-08-31'))
