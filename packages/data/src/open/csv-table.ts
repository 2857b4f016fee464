import { byUtf8, type Engine, type Finding } from '@mlwright/domain'
import { quoteName, quotePaths, quoteText } from '../sql/quote.ts'
import { type CsvHeader, csvHeader } from './csv-header.ts'
import { type RejectedRows, rejectedRows, rejectsLimit } from './csv-rejects.ts'
import type { DataFile } from './data-format.ts'
import { fileFinding, type RawTable, unreadable } from './raw-table.ts'
import { rowLocation } from './row-location.ts'

type Header = Extract<CsvHeader, { names: readonly string[] }>
interface Part {
  readonly header: Header
  readonly files: DataFile[]
}

const problems = {
  empty: (path: string) => `${path} is empty; it needs a line of column names and a line per row.`,
  encoding: (path: string) => `${path} is not UTF-8; save it with that encoding.`,
  'too-long': (path: string) => `${path} has no end of line in its first megabyte; is it CSV?`,
  unreadable: (path: string) => `${path} cannot be read.`,
} as const

/** What a table's columns are called; names that differ only in case count as the same, as in SQL. */
function usableNames(header: Header, path: string): { names: (string | null)[]; findings: Finding[] } {
  const seen = new Map<string, string>()
  const findings: Finding[] = []
  const at = { file: path, line: 1, column: 1 }
  const names = header.names.map((given, index) => {
    const name = given === '' ? `column${index + 1}` : given
    if (given === '')
      findings.push(
        fileFinding('column-name', `Column ${index + 1} of ${path} has no name; it is called ${name} here.`, at, {
          level: 'warn',
        }),
      )
    const key = name.toLowerCase()
    const first = seen.get(key)
    if (first === undefined) {
      seen.set(key, name)
      return name
    }
    const both = first === name ? `two columns ${name}` : `columns ${first} and ${name}, which differ only in case`
    findings.push(
      fileFinding('duplicate-column', `${path} has ${both}; only the first is read. Rename one.`, at, { column: name }),
    )
    return null
  })
  return { names, findings }
}

const position = (index: number) => quoteName(`c${index}`)

const modes = {
  /** Fails at the first record that cannot be split; what it reads is complete. */
  strict: '',
  /** Leaves such records out. In parallel DuckDB may lose good ones beside them. */
  lenient: ', ignore_errors = true, parallel = false',
  /** The same, and keeps what was wrong in tables. */
  rejects: `, store_rejects = true, rejects_limit = ${rejectsLimit}, parallel = false`,
  /** A quote that is never closed is seen by the parallel reader only. */
  'parallel-rejects': `, store_rejects = true, rejects_limit = ${rejectsLimit}`,
} as const
type Mode = keyof typeof modes

function readCsv(part: Part, mode: Mode): string {
  const columns = part.header.names.map((_, index) => `${quoteText(`c${index}`)}: 'VARCHAR'`).join(', ')
  return `read_csv(${quotePaths(part.files.map((file) => file.absolute))}, auto_detect = false, header = true, delim = ${quoteText(part.header.delimiter)}, quote = '"', escape = '"', nullstr = ['', 'NULL'], columns = {${columns}}${modes[mode]})`
}

/** The rows of all parts; each part's columns are put in the first one's order. */
function union(parts: readonly Part[], names: readonly (string | null)[], mode: Mode) {
  const selects = parts.map((part) => {
    const columns = names.flatMap((name, index) => {
      if (name === null) return []
      const own = part === parts[0] ? index : part.header.names.indexOf(part.header.names.includes(name) ? name : '')
      return [`${position(own)} AS ${position(index)}`]
    })
    return `SELECT ${columns.join(', ')} FROM ${readCsv(part, mode)}`
  })
  return `(${selects.join(' UNION ALL ')})`
}

/** Groups consecutive files with the same header, so that one scan reads them. */
async function partsOf(files: readonly DataFile[]): Promise<{ parts: Part[]; findings: Finding[] }> {
  const parts: Part[] = []
  const findings: Finding[] = []
  for (const file of files) {
    const given = /\.(tsv|tab)(\.gz)?$/i.test(file.path) ? '\t' : null
    const header = await csvHeader(file.absolute, given)
    const at = { file: file.path, line: 1, column: 1 }
    if ('problem' in header) {
      const rule = header.problem === 'empty' ? 'empty-file' : header.problem === 'encoding' ? 'encoding' : 'readable'
      findings.push(fileFinding(rule, problems[header.problem](file.path), at))
      continue
    }
    const last = parts.at(-1)
    const same = last && JSON.stringify(last.header) === JSON.stringify(header)
    if (same) last.files.push(file)
    else parts.push({ header, files: [file] })
  }
  const first = parts[0]
  if (!first) return { parts, findings }
  const expected = JSON.stringify([...first.header.names].sort(byUtf8))
  const fitting = parts.filter((part) => {
    const fits = JSON.stringify([...part.header.names].sort(byUtf8)) === expected
    const missing = first.header.names.filter((name) => !part.header.names.includes(name))
    const extra = part.header.names.filter((name) => !first.header.names.includes(name))
    const { path } = part.files[0]!
    const differ = [missing.length && `lacks ${missing.join(', ')}`, extra.length && `adds ${extra.join(', ')}`]
    if (!fits)
      findings.push(
        fileFinding(
          'columns',
          `${path} has other columns than ${first.files[0]!.path}: it ${differ.filter(Boolean).join(' and ') || 'repeats some'}. Its rows are left out.`,
          { file: path, line: 1, column: 1 },
        ),
      )
    return fits
  })
  return { parts: fitting, findings }
}

/** CSV and TSV: every value as text. Recovering leaves the records out that cannot be split, and reports them. */
export async function csvTable(engine: Engine, files: readonly DataFile[]): Promise<RawTable> {
  const { parts, findings } = await partsOf(files)
  const first = parts[0]
  if (!first) return unreadable(findings)
  const { names, findings: nameFindings } = usableNames(first.header, first.files[0]!.path)
  const read = parts.flatMap((part) => part.files)
  const table = (mode: Mode, rejected: RejectedRows): RawTable => ({
    from: union(parts, names, mode),
    columns: names.flatMap((name, index) => (name === null ? [] : [{ name, sql: position(index), type: null }])),
    findings: [...findings, ...nameFindings, ...rejected.findings],
    locate: rowLocation(
      engine,
      parts.map((part) => ({ files: part.files, from: readCsv(part, mode) })),
      rejected.offsets,
    ),
    recover: async () => {
      const scans = { serial: union(parts, names, 'rejects'), parallel: union(parts, names, 'parallel-rejects') }
      return table('lenient', await rejectedRows(engine, scans, read))
    },
  })
  return table('strict', { findings: [], offsets: new Map() })
}
