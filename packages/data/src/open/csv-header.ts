import { fileChunks } from './file-chunks.ts'

/** The first record of a CSV file, or why there is none. */
export type CsvHeader =
  | { readonly names: readonly string[]; readonly delimiter: string }
  | { readonly problem: 'empty' | 'encoding' | 'too-long' | 'unreadable'; readonly detail?: string }

const longest = 1 << 20
const candidates = [',', ';', '\t', '|'] as const

async function firstBytes(path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of fileChunks(path)) {
    chunks.push(chunk)
    size += chunk.length
    if (size > longest) break
  }
  return Buffer.concat(chunks)
}

/** Splits the first record of RFC 4180 text; null where it does not end within it. */
function firstRecord(text: string, delimiter: string, complete: boolean): string[] | null {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quoted) {
      if (char !== '"') field += char
      else if (text[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (char === '"' && field === '') quoted = true
    else if (char === delimiter) {
      fields.push(field)
      field = ''
    } else if (char === '\n' || char === '\r') return [...fields, field]
    else field += char
  }
  return complete ? [...fields, field] : null
}

/** Reads the header; without a given delimiter the one that splits it into most columns is taken, a comma in a tie. */
export async function csvHeader(path: string, given: string | null): Promise<CsvHeader> {
  let bytes: Buffer
  try {
    bytes = await firstBytes(path)
  } catch (error) {
    return { problem: 'unreadable', detail: (error as Error).message }
  }
  if (bytes.length === 0) return { problem: 'empty' }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { problem: 'encoding' }
  const complete = bytes.length <= longest
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  let best: { names: string[]; delimiter: string } | null = null
  for (const delimiter of given === null ? candidates : [given]) {
    const names = firstRecord(text, delimiter, complete)
    if (names && names.length > (best?.names.length ?? 0)) best = { names, delimiter }
  }
  if (best === null) return { problem: 'too-long' }
  if (best.names.length === 1 && best.names[0]!.trim() === '') return { problem: 'empty' }
  if (best.names.some((name) => name.includes('\uFFFD'))) return { problem: 'encoding' }
  return best
}
