import { UserError } from '@mlwright/domain'
import type { Blob } from './blob.ts'
import type { RegistryRequests } from './registry-requests.ts'

/** Where the next part of an upload goes. */
function locationOf(response: Response, origin: string): string {
  const location = response.headers.get('location')
  if (location) return new URL(location, origin).href
  throw new UserError('API_FAILED', `The registry at ${origin} did not say where to upload to.`)
}

/**
 * Sends a blob to an upload that was started: in one request, or in chunks, none smaller than what the registry asks
 * for. Each request is sent once, since a part that was interrupted may have arrived: whoever fails starts another.
 */
export async function uploadBlob(
  requests: RegistryRequests,
  started: Response,
  { digest, content }: Pick<Blob, 'digest' | 'content'>,
  chunk: number | null,
): Promise<void> {
  const finish = (location: string) => `${location}${location.includes('?') ? '&' : '?'}digest=${digest}`
  let location = locationOf(started, requests.origin)
  const least = Number(started.headers.get('oci-chunk-min-length') ?? 0)
  const size = chunk === null ? null : Math.max(chunk, least || 1)
  if (size === null || content.length <= size) {
    await requests.sendOnce({ method: 'PUT', url: finish(location), expected: [201], body: content })
    return
  }
  for (let start = 0; start < content.length; start += size) {
    const body = content.subarray(start, start + size)
    const headers = { 'Content-Range': `${start}-${start + body.length - 1}` }
    const sent = await requests.sendOnce({ method: 'PATCH', url: location, expected: [202], body, headers })
    location = locationOf(sent, requests.origin)
  }
  await requests.sendOnce({ method: 'PUT', url: finish(location), expected: [201], body: new Uint8Array(0) })
}
