import { randomUUID } from 'node:crypto'
import type { Engine, Finding } from '@mlwright/domain'
import { quoteName } from '../sql/quote.ts'
import { shortRows } from '../sql/short-rows.ts'
import type { DataFile } from './data-format.ts'
import { lineAtByte } from './file-chunks.ts'
import { fileFinding } from './raw-table.ts'

const rules: Readonly<Record<string, { rule: string; what: string; fix: string }>> = {
  'MISSING COLUMNS': {
    rule: 'ragged-row',
    what: 'fewer values than the header',
    fix: 'quote values that contain the delimiter',
  },
  'TOO MANY COLUMNS': {
    rule: 'ragged-row',
    what: 'more values than the header',
    fix: 'quote values that contain the delimiter',
  },
  'INVALID ENCODING': { rule: 'encoding', what: 'bytes that are not UTF-8', fix: 'save the file with that encoding' },
  'UNQUOTED VALUE': {
    rule: 'quoting',
    what: 'a quote that is not closed or stands alone',
    fix: 'double the quotes inside quoted values',
  },
  'LINE SIZE OVER MAXIMUM': {
    rule: 'line-length',
    what: 'more than 2 MB',
    fix: 'look for a missing end of line or quote',
  },
}
const otherRule = { rule: 'readable', what: 'values that cannot be read', fix: 'correct them' }

/** Most rejected records of a file that are kept. */
export const rejectsLimit = 10_000

export interface RejectedRows {
  readonly findings: readonly Finding[]
  /** Byte offsets of the rejected records by path, in file order. */
  readonly offsets: ReadonlyMap<string, readonly number[]>
}

type Reject = [path: string, type: string, offset: number]

/** Scans with `store_rejects`, and takes what DuckDB noted in tables of that one connection. */
async function rejects(engine: Engine, from: string): Promise<Reject[]> {
  const table = quoteName(`rejects ${randomUUID()}`)
  await engine.execute(`
    DROP TABLE IF EXISTS reject_errors;
    DROP TABLE IF EXISTS reject_scans;
    SELECT count(COLUMNS(*)) FROM ${from};
    CREATE TABLE ${table} AS
      SELECT s.file_path, min(e.error_type::VARCHAR) AS type, e.line_byte_position
      FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) GROUP BY ALL`)
  const rows = await shortRows(engine, `SELECT * FROM ${table} ORDER BY 1, 3`)
  await engine.execute(`DROP TABLE ${table}`)
  return rows as unknown as Reject[]
}

/** Tells which records of a CSV cannot be split into columns. */
export async function rejectedRows(
  engine: Engine,
  scans: { readonly serial: string; readonly parallel: string },
  files: readonly DataFile[],
): Promise<RejectedRows> {
  const open = (await rejects(engine, scans.parallel)).filter(([, type]) => type === 'UNQUOTED VALUE')
  const serial = await rejects(engine, scans.serial)
  const known = new Set(serial.map(([path, , offset]) => `${path}\n${offset}`))
  const rows = [...serial, ...open.filter(([path, , offset]) => !known.has(`${path}\n${offset}`))]
  const paths = new Map(files.map((file) => [file.absolute, file.path]))
  const offsets = new Map<string, number[]>()
  const groups = new Map<string, { absolute: string; type: string; offset: number; count: number }>()
  for (const [absolute, type, offset] of rows) {
    const path = paths.get(absolute) ?? absolute
    const before = offsets.get(path)
    if (before) before.push(offset)
    else offsets.set(path, [offset])
    const group = groups.get(`${path}\n${type}`)
    if (group) group.count++
    else groups.set(`${path}\n${type}`, { absolute, type, offset, count: 1 })
  }
  const findings: Finding[] = []
  for (const { absolute, type, offset, count } of groups.values()) {
    const path = paths.get(absolute) ?? absolute
    const { rule, what, fix } = rules[type] ?? otherRule
    const line = await lineAtByte(absolute, offset)
    const many =
      count === 1 ? 'One row' : `${count >= rejectsLimit ? 'At least ' : ''}${count.toLocaleString('en')} rows`
    const message = `${many} of ${path} cannot be read, first at line ${line}: ${what}; ${fix}.`
    findings.push(fileFinding(rule, message, { file: path, line, column: 1 }, { count }))
  }
  return { findings, offsets }
}
