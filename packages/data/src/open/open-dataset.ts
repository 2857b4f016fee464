import { byUtf8, type ColumnType, type Dataset, type Engine, type Finding } from '@mlwright/domain'
import { dataDigest } from '../data-digest.ts'
import { quoteName } from '../sql/quote.ts'
import { typedSql } from './column-types.ts'
import { csvTable } from './csv-table.ts'
import { type DataFile, dataFormat } from './data-format.ts'
import { inferTypes } from './infer-types.ts'
import { fileFinding, type RowLocation } from './raw-table.ts'
import { typeFindings } from './type-findings.ts'
import { typedTable } from './typed-tables.ts'

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
}

export interface OpenOptions {
  readonly name: string
  readonly files: readonly DataFile[]
  /** Types that a contract declares, by column; values that do not fit are findings and count as missing. */
  readonly types?: ReadonlyMap<string, ColumnType>
}

const noRows = '(SELECT 1 AS "no column" WHERE false)'

/** Opens one dataset. Files that cannot be read as they should are findings; throws only for an unknown format. */
export async function openDataset(engine: Engine, options: OpenOptions): Promise<OpenDataset> {
  const files = [...options.files].sort((a, b) => byUtf8(a.path, b.path))
  const format = dataFormat(files)
  const table = format === 'csv' ? await csvTable(engine, files) : await typedTable(engine, files, format)
  const findings = [...table.findings]
  const { rows, columns } =
    table.from === null
      ? { rows: 0, columns: [] }
      : await inferTypes(engine, table.from, table.columns, options.types ?? new Map())
  if (table.from !== null && rows === 0 && findings.length === 0)
    findings.push(
      fileFinding('no-rows', `${files[0]!.path} has column names but no rows.`, {
        file: files[0]!.path,
        line: 1,
        column: 1,
      }),
    )
  findings.push(...(await typeFindings(engine, table, columns, rows)))
  const select = columns.map(({ raw, type, whole }) => `${typedSql(raw, type, whole)} AS ${quoteName(raw.name)}`)
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
  }
}
