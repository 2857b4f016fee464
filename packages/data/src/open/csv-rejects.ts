import type { Engine, Finding } from '@mlwright/domain'
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

export interface RejectedRows {
  readonly findings: readonly Finding[]
  /** Byte offsets of the rejected records by path, in file order. */
  readonly lines: ReadonlyMap<string, readonly number[]>
}

/** Scans a CSV once and tells which records cannot be split into columns. */
export async function rejectedRows(engine: Engine, from: string, files: readonly DataFile[]): Promise<RejectedRows> {
  await engine.execute('DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans')
  await engine.execute(`SELECT count(COLUMNS(*)) FROM ${from}`)
  const rows = await shortRows(
    engine,
    `SELECT s.file_path, e.error_type::VARCHAR, e.line_byte_position, count(*) OVER (PARTITION BY s.file_path, e.error_type)
     FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
     QUALIFY row_number() OVER (PARTITION BY s.file_path, e.line_byte_position ORDER BY e.error_type) = 1
     ORDER BY 1, 3`,
  )
  const paths = new Map(files.map((file) => [file.absolute, file.path]))
  const lines = new Map<string, number[]>()
  const findings = new Map<string, Finding>()
  for (const [absolute, type, offset, count] of rows as [string, string, number, number][]) {
    const path = paths.get(absolute) ?? absolute
    lines.set(path, [...(lines.get(path) ?? []), offset])
    const { rule, what, fix } = rules[type] ?? otherRule
    const key = `${path}\n${type}`
    if (findings.has(key)) continue
    const line = await lineAtByte(absolute, offset)
    const many = count === 1 ? 'One row' : `${count.toLocaleString('en')} rows`
    findings.set(
      key,
      fileFinding(
        rule,
        `${many} of ${path} cannot be read, first at line ${line}: ${what}; ${fix}.`,
        { file: path, line, column: 1 },
        { count },
      ),
    )
  }
  return { findings: [...findings.values()], lines }
}
