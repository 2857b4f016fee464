import type { ColumnProfile, Engine, JointProfile } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { quoteName, quoteText } from '../sql/quote.ts'
import { readQuery } from '../sql/read-query.ts'
import { type JointColumn, jointSums } from './joint-sums.ts'
import { numberSql } from './number-sql.ts'

/** Rows that are looked at: enough to see a correlation move by a few hundredths. */
const sampleRows = 10_000
/** More columns would make the profile of a wide table large. */
const mostColumns = 64
/** Texts of more values are not looked at together. */
const mostValues = 12

interface Source extends Omit<JointColumn, 'numbers'> {
  readonly sql: string
}

/** How a column counts: a number or a flag as it is, a text of few values by its place among them, the most frequent first. */
function sourceOf(column: ColumnProfile, earlier: JointProfile['columns'][number] | undefined): Source[] {
  const { name, type, numbers, categories } = column
  const sql = numberSql({ name, type })
  if (type === 'number' && numbers) return [{ name, sql, edges: numbers.edges }]
  if (type === 'boolean' && categories) return [{ name, sql, edges: [0] }]
  const complete = categories?.other === 0 ? categories.top.map(([value]) => value) : []
  const values = earlier ? (earlier.values ?? []) : complete
  if (type !== 'string' || values.length < 2 || values.length > mostValues) return []
  const place = `CAST(list_position([${values.map(quoteText).join(', ')}], CAST(${quoteName(name)} AS VARCHAR)) AS DOUBLE)`
  return [{ name, sql: place, edges: values.map((_, i) => i + 1), values }]
}

/**
 * How columns go together, from a fixed random sample of the rows (all of them where they are few): numbers, flags, and
 * texts of few values; in the measure of an earlier profile, and of its columns only, where there is one.
 */
export async function measureJoint(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly ColumnProfile[],
  earlier: JointProfile | null,
): Promise<JointProfile | null> {
  const known = new Map(earlier?.columns.map((column) => [column.name, column]))
  const sources = columns
    .filter(({ name }) => earlier === null || known.has(name))
    .flatMap((column) => sourceOf(column, known.get(column.name)))
    .slice(0, mostColumns)
  const { rows } = opened.dataset
  if (sources.length < 2 || rows === 0) return null
  const sample = rows > sampleRows ? ` USING SAMPLE reservoir(${sampleRows} ROWS) REPEATABLE (1)` : ''
  const select = sources.map(({ sql }, i) => `${sql} AS c${i}`)
  const batch = await readQuery(
    engine,
    `SELECT ${select.join(', ')} FROM ${opened.from}${sample}`,
    Math.min(rows, sampleRows),
  )
  const joint = sources.map(({ name, edges, values }, i): JointColumn => {
    const column = batch.columns.get(`c${i}`)
    const numbers = column === undefined || column.type === 'string' ? new Float64Array(batch.rows) : column.values
    return { name, edges, values, numbers }
  })
  return jointSums(joint, earlier)
}
