const block = 512
const ascii = new TextDecoder('latin1')
const utf8 = new TextDecoder()

interface Header {
  readonly path: string
  readonly size: number
  readonly kind: string
}

function text(bytes: Uint8Array, from: number, length: number, decoder = utf8): string {
  const field = bytes.subarray(from, from + length)
  const end = field.indexOf(0)
  return decoder.decode(end < 0 ? field : field.subarray(0, end))
}

function parseHeader(bytes: Uint8Array): Header | null {
  const name = text(bytes, 0, 100)
  if (name === '') return null
  const prefix = text(bytes, 257, 5, ascii) === 'ustar' ? text(bytes, 345, 155) : ''
  const size = Number.parseInt(text(bytes, 124, 12, ascii).trim() || '0', 8)
  return { path: prefix ? `${prefix}/${name}` : name, size, kind: String.fromCharCode(bytes[156] || 48) }
}

/** The path in a pax header's records (`<length> path=<value>\n`). */
function paxPath(body: Uint8Array): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(utf8.decode(body))?.[1] ?? null
}

/** The regular files of an unpacked tar stream that are wanted; the others pass by without being kept. */
export async function* readTar(
  stream: AsyncIterable<Uint8Array>,
  wanted: (path: string) => boolean,
): AsyncGenerator<{ path: string; body: Uint8Array }> {
  const source = stream[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  async function take(size: number, keep: boolean): Promise<Uint8Array | null> {
    const result = keep ? Buffer.alloc(size) : null
    let done = 0
    while (done < size) {
      if (rest.length === 0) {
        const next = await source.next()
        if (next.done) return null
        rest = next.value
      }
      const part = rest.subarray(0, size - done)
      result?.set(part, done)
      done += part.length
      rest = rest.subarray(part.length)
    }
    return result ?? new Uint8Array(0)
  }

  let longPath: string | null = null
  for (;;) {
    const bytes = await take(block, true)
    const header = bytes && parseHeader(bytes)
    if (!header) return
    const path = longPath ?? header.path
    const file = header.kind === '0'
    const describes = header.kind === 'x' || header.kind === 'L'
    const keep = describes || (file && wanted(path))
    const body = await take(header.size, keep)
    if (!body) throw new Error(`the archive ends within ${path}`)
    await take((block - (header.size % block)) % block, false)
    longPath = header.kind === 'x' ? paxPath(body) : header.kind === 'L' ? text(body, 0, body.length) : null
    if (file && keep) yield { path, body }
  }
}
