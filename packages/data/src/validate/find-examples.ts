import type { Engine, Finding } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import { duplicated } from './measure-duplicates.ts'

type Examples = Finding['examples']

/** Offending rows to look for. */
export interface Wanted {
  readonly condition: { readonly offending: string } | { readonly key: readonly string[] }
  /** SQL of the text to show, or null where only row numbers may be shown. */
  readonly value: string | null
}

const most = 5
const longest = 120
const separator = '\u001f'
const none = '\u001e'

/** Up to five rows of each condition, by one more scan for all of them, and one for each duplicated key. */
export async function findExamples(
  engine: Engine,
  opened: OpenDataset,
  wanted: readonly Wanted[],
): Promise<Map<Wanted, Examples>> {
  const row = quoteName(opened.rowColumn)
  const result = new Map<Wanted, Examples>()
  const shown = (value: string) => `coalesce(left(CAST(${value} AS VARCHAR), ${longest}), chr(30))`
  const conditions = wanted.filter((each) => 'offending' in each.condition)
  const slice = 100
  for (let start = 0; start < conditions.length; start += slice) {
    const some = conditions.slice(start, start + slice)
    const aggregates = some.flatMap(({ condition, value }, index) => {
      const only = `FILTER (${(condition as { offending: string }).offending})`
      return [
        `array_to_string(min(${row}, ${most}) ${only}, ',') AS r${index}`,
        value === null
          ? `NULL::VARCHAR AS v${index}`
          : `array_to_string(arg_min(${shown(value)}, ${row}, ${most}) ${only}, chr(31)) AS v${index}`,
      ]
    })
    const [cells] = await shortRows(engine, `SELECT ${aggregates.join(', ')} FROM ${opened.numbered}`)
    for (const [index, each] of some.entries()) {
      const rows = String(cells?.[2 * index] ?? '')
      const values = each.value === null ? [] : String(cells?.[2 * index + 1] ?? '').split(separator)
      const found = rows === '' ? [] : rows.split(',')
      result.set(
        each,
        found.map((text, place) => ({ row: Number(text), value: visible(values[place]) })),
      )
    }
  }
  for (const each of wanted) {
    if (!('key' in each.condition)) continue
    const value = each.value === null ? 'NULL::VARCHAR' : shown(each.value)
    const sql = `SELECT ${row} AS r, ${value} AS v FROM ${opened.numbered}
      WHERE ${duplicated(opened.from, each.condition.key)} ORDER BY r LIMIT ${most}`
    const rows = (await shortRows(engine, sql)) as [number, string | null][]
    result.set(
      each,
      rows.map(([number, text]) => ({ row: number, value: visible(text ?? undefined) })),
    )
  }
  return result
}

const visible = (text: string | undefined) => (text === undefined || text === none ? null : text)
