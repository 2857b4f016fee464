import { byUtf8, type ColumnType, type Dataset, type Engine, type Finding } from '@mlwright/domain'
import { dataDigest } from '../data-digest.ts'
import { quoteName } from '../sql/quote.ts'
import { typedSql } from './column-types.ts'
import { csvTable } from './csv-table.ts'
import { type DataFile, dataFormat } from './data-format.ts'
import { inferTypes } from './infer-types.ts'
import { fileFinding, type RawTable, type RowLocation, unreadable } from './raw-table.ts'
import { readFailure } from './read-failure.ts'
import { typeFindings } from './type-findings.ts'
import { typedTable } from './typed-tables.ts'
import { wholeFiles } from './whole-files.ts'

/** Data that can be queried: what it is, how SQL reads it, and what is wrong with its files. */
export interface OpenDataset {
  readonly dataset: Dataset
  readonly files: readonly DataFile[]
  /** SQL to stand after FROM: typed columns under their own names, rows in file order, `''` as NULL. */
  readonly from: string
  /** The same with a column `rowColumn` that numbers the rows from 1; slower, since it keeps to one thread. */
  readonly numbered: string
  readonly rowColumn: string
  /** Columns of type number that the engine keeps as exact integers. */
  readonly integers: ReadonlySet<string>
  /** How the files differ from what their format and the declared types promise. */
  readonly findings: readonly Finding[]
  /** Where a row, counted from 1, stands in its file; null where the format has no lines. */
  readonly locate: RowLocation
  /** What the error of a later scan says of the files, such as damaged pages of a Parquet file behind a good footer. */
  explain(error: Error): Promise<Finding>
}

export interface OpenOptions {
  readonly name: string
  readonly files: readonly DataFile[]
  /** Types that a contract declares, by column; values that do not fit are findings and count as missing. */
  readonly types?: ReadonlyMap<string, ColumnType>
  /** Leaves infinite numbers as they are, without a finding, where the files say themselves what is a number: one scan less. */
  readonly uncounted?: boolean
}

const noRows = '(SELECT 1 AS "no column" WHERE false)'

type Scanned = Awaited<ReturnType<typeof inferTypes>> & { readonly table: RawTable }

/** Types from one scan of the whole data, and of what is left of it where the scan fails. */
async function scanOnce(
  engine: Engine,
  opening: RawTable,
  { types = new Map(), uncounted = false }: OpenOptions,
): Promise<Scanned> {
  let table = opening
  for (let attempt = 0; table.from !== null; attempt++) {
    try {
      return { table, ...(await inferTypes(engine, table.from, table.columns, types, uncounted)) }
    } catch (error) {
      if (attempt > 1 || !(error instanceof Error)) throw error
      table = await table.recover(error)
    }
  }
  return { table, rows: 0, columns: [] }
}

/** Opens one dataset. Files that cannot be read as they should are findings; throws only for an unknown format. */
export async function openDataset(engine: Engine, options: OpenOptions): Promise<OpenDataset> {
  const files = [...options.files].sort((a, b) => byUtf8(a.path, b.path))
  const format = dataFormat(files)
  const { whole, findings: damaged } = await wholeFiles(files)
  const opening =
    whole.length === 0
      ? unreadable([])
      : format === 'csv'
        ? await csvTable(engine, whole)
        : await typedTable(engine, whole, format)
  const { table, rows, columns } = await scanOnce(engine, opening, options)
  const findings = [...damaged, ...table.findings]
  if (table.from !== null && rows === 0 && findings.length === 0) {
    const { path } = files[0]!
    const at = { file: path, line: 1, column: 1 }
    findings.push(fileFinding('no-rows', `${path} has column names but no rows.`, at))
  }
  findings.push(...(await typeFindings(engine, table, columns, rows)))
  const select = columns.map((column) => `${typedSql(column)} AS ${quoteName(column.raw.name)}`)
  const from = columns.length === 0 ? noRows : `(SELECT ${select.join(', ')} FROM ${table.from})`
  let rowColumn = '__row'
  while (columns.some(({ raw }) => raw.name.toLowerCase() === rowColumn)) rowColumn = `_${rowColumn}`
  return {
    dataset: {
      name: options.name,
      digest: dataDigest(files.map((file) => file.oid)),
      files: files.map((file) => file.path),
      rows,
      columns: columns.map(({ raw, type }) => ({ name: raw.name, type })),
    },
    files,
    from,
    numbered: `(SELECT *, row_number() OVER () AS ${quoteName(rowColumn)} FROM ${from})`,
    rowColumn,
    integers: new Set(columns.filter(({ whole }) => whole).map(({ raw }) => raw.name)),
    findings,
    locate: table.locate,
    explain: (error) => readFailure(files, format, error),
  }
}
