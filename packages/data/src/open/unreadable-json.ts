import type { Finding } from '@mlwright/domain'
import type { DataFile } from './data-format.ts'
import { fileChunks } from './file-chunks.ts'
import { fileFinding } from './raw-table.ts'

const newline = 10
const longest = 16 << 20

/** Lines of a file as bytes, numbered from 1; one that is too long comes as null, and is the last. */
async function* numberedLines(path: string): AsyncGenerator<[line: number, bytes: Buffer | null]> {
  let line = 1
  let parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of fileChunks(path)) {
    let from = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      yield [line++, Buffer.concat([...parts, chunk.subarray(from, end)])]
      parts = []
      size = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    size += chunk.length - from
    if (size > longest) {
      yield [line, null]
      return
    }
  }
  yield [line, Buffer.concat(parts)]
}

function problemOf(bytes: Buffer | null): string | null {
  if (bytes === null) return 'it is longer than 16 MB'
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
    if (text === '') return null
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? null : 'it is no object'
  } catch (error) {
    return error instanceof SyntaxError ? 'it is not JSON' : 'it is not UTF-8'
  }
}

/** The first line of JSON Lines that is no object, as a finding; null where every line is one. */
export async function unreadableJson(files: readonly DataFile[]): Promise<Finding | null> {
  for (const { path, absolute } of files) {
    try {
      for await (const [line, bytes] of numberedLines(absolute)) {
        const problem = problemOf(bytes)
        if (problem === null) continue
        const message = `${path} cannot be read at line ${line}: ${problem}; every line has to be one JSON object.`
        return fileFinding('readable', message, { file: path, line, column: 1 })
      }
    } catch {
      const message = `${path} is no whole gzip file; compress or fetch it again.`
      return fileFinding('readable', message, { file: path, line: 1, column: 1 })
    }
  }
  return null
}
