import type { Engine, Location } from '@mlwright/domain'
import { shortRows } from '../sql/short-rows.ts'
import type { DataFile } from './data-format.ts'
import { fileChunks } from './file-chunks.ts'
import type { RowLocation } from './raw-table.ts'

const quote = 34
const newline = 10

/** The line (from 1) on which the n-th record (from 1, the header not counted) begins; rejected ones do not count. */
async function lineOfRecord(path: string, record: number, rejected: readonly number[]): Promise<number> {
  const skip = new Set(rejected)
  let line = 1
  let at = 0
  let quoted = false
  let left = record
  let content = false
  for await (const chunk of fileChunks(path)) {
    for (const byte of chunk) {
      at++
      if (byte === quote) quoted = !quoted
      if (byte !== newline) {
        content ||= byte !== 13
        continue
      }
      line++
      if (quoted && !skip.has(at)) continue
      quoted = false
      content = false
      if (!skip.has(at) && --left === 0) return line
    }
  }
  return content ? line : Math.max(1, line - 1)
}

/** Finds the place of a row of the whole dataset in its file. */
export function rowLocation(
  engine: Engine,
  parts: readonly { readonly files: readonly DataFile[]; readonly from: string }[],
  rejected: ReadonlyMap<string, readonly number[]>,
): RowLocation {
  let counts: Promise<{ file: DataFile; rows: number }[]> | null = null
  const count = async () => {
    const result: { file: DataFile; rows: number }[] = []
    for (const { files, from } of parts) {
      const sql = `SELECT filename, count(*) FROM ${from.replace(/\)$/, ', filename = true)')} GROUP BY 1`
      const rows = new Map((await shortRows(engine, sql)) as [string, number][])
      for (const file of files) result.push({ file, rows: rows.get(file.absolute) ?? 0 })
    }
    return result
  }
  return async (row): Promise<Location | null> => {
    counts ??= count()
    let left = row
    for (const { file, rows } of await counts) {
      if (left <= rows) {
        const line = await lineOfRecord(file.absolute, left, rejected.get(file.path) ?? [])
        return { file: file.path, line, column: 1 }
      }
      left -= rows
    }
    return null
  }
}
