import { createHash, randomUUID } from 'node:crypto'
import { missing } from './http-problem.ts'
import type { Answer } from './route.ts'
import type { State } from './state.ts'

export interface BlobRequest {
  readonly method: string
  readonly name: string
  readonly query: URLSearchParams
  readonly range: string | undefined
  readonly body: Uint8Array
}

/** Block blobs as Azure's client writes and reads them. */
export function blobService(
  { method, name, query, range, body }: BlobRequest,
  { blobs }: State,
): Answer & { bytes?: Uint8Array } {
  if (method === 'PUT') {
    const part = query.get('comp')
    if (part === 'block') blobs.set(`${name} ${query.get('blockid')}`, body)
    else if (part === 'blocklist') blobs.set(name, joined(name, Buffer.from(body).toString(), blobs))
    else blobs.set(name, body)
    return { status: 201, headers: { ...common, etag: '"1"', 'last-modified': modified } }
  }
  const blob = blobs.get(name)
  if (!blob) throw missing()
  const [, from, to] = /bytes=(\d+)-(\d*)/.exec(range ?? '') ?? []
  const bytes = from === undefined ? blob : blob.subarray(Number(from), to ? Number(to) + 1 : undefined)
  return {
    status: from === undefined ? 200 : 206,
    bytes: method === 'HEAD' ? new Uint8Array() : bytes,
    headers: {
      ...common,
      etag: `"${createHash('sha1').update(blob).digest('hex')}"`,
      'last-modified': modified,
      'content-type': 'application/zip',
      'content-length': String(bytes.length),
      'x-ms-blob-type': 'BlockBlob',
      'accept-ranges': 'bytes',
      ...(from !== undefined && { 'content-range': `bytes ${from}-${Number(from) + bytes.length - 1}/${blob.length}` }),
    },
  }
}

const modified = 'Thu, 01 Jan 2026 00:00:00 GMT'
const common = {
  'x-ms-version': '2026-01-01',
  'x-ms-request-id': randomUUID(),
  'x-ms-request-server-encrypted': 'true',
}

function joined(name: string, xml: string, blobs: Map<string, Uint8Array>): Uint8Array {
  const blocks = [...xml.matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map(([, id]) => {
    const block = blobs.get(`${name} ${id}`)
    if (!block) throw missing()
    blobs.delete(`${name} ${id}`)
    return block
  })
  return Buffer.concat(blocks)
}
