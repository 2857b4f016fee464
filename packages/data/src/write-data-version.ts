import type { Engine } from '@mlwright/domain'
import type { OpenDataset } from './open/open-dataset.ts'
import { quoteName, quoteText } from './sql/quote.ts'

/** Rows of one dataset, and what each of them is for: 0 trains, 1 validates, 2 tests; any other number leaves it out. */
export interface VersionSource {
  readonly opened: OpenDataset
  readonly parts: Int8Array
}

export interface DataVersion {
  /** Columns in their order; one that a source lacks is missing there. */
  readonly columns: readonly string[]
  /** Name of the column that says `train`, `validation` or `test`. */
  readonly split: string
  /** Absolute path that ends in .parquet. */
  readonly path: string
}

const words = ['train', 'validation', 'test']

/** SQL that gives a row its part, by digits that DuckDB can index. */
function partSql({ opened, parts }: VersionSource): string {
  const digits = Buffer.alloc(Math.max(parts.length, 1), '-')
  for (const [row, part] of parts.entries()) if (words[part] !== undefined) digits[row] = 48 + part
  const at = `array_extract(${quoteText(digits.toString('latin1'))}, ${quoteName(opened.rowColumn)}::INTEGER)`
  return `CASE ${at} ${words.map((word, part) => `WHEN '${part}' THEN '${word}'`).join(' ')} END`
}

/** Writes one table of the rows of all sources, in their order and that of their files, with a column that says what each row is for. */
export async function writeDataVersion(
  engine: Engine,
  sources: readonly VersionSource[],
  { columns, split, path }: DataVersion,
): Promise<void> {
  const selects = sources.map((source, index) => {
    const { opened } = source
    const there = new Set(opened.dataset.columns.map(({ name }) => name))
    const own = columns.filter((name) => there.has(name) && name !== split).map((name) => `, ${quoteName(name)}`)
    return `SELECT ${index} AS "__source", ${quoteName(opened.rowColumn)} AS "__at", ${partSql(source)} AS "__part"${own.join('')} FROM ${opened.numbered}`
  })
  const names = columns.filter((name) => name !== split).map(quoteName)
  const from = `(${selects.join(' UNION ALL BY NAME ')})`
  await engine.execute(
    `COPY (SELECT ${[...names, `"__part" AS ${quoteName(split)}`].join(', ')} FROM ${from} WHERE "__part" IS NOT NULL ORDER BY "__source", "__at") TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`,
  )
}
