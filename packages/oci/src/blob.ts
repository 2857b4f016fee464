import { createHash } from 'node:crypto'

export type Digest = `sha256:${string}`

/** Bytes in a registry, under their digest. */
export interface Blob {
  readonly mediaType: string
  readonly digest: Digest
  readonly content: Uint8Array
}

/** What a manifest says of a blob. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
}

export function digestOf(content: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

export function makeBlob(mediaType: string, content: Uint8Array): Blob {
  return { mediaType, digest: digestOf(content), content }
}

/** JSON as it stands in a registry. */
export function jsonBlob(mediaType: string, value: unknown): Blob {
  return makeBlob(mediaType, Buffer.from(JSON.stringify(value)))
}

export function descriptorOf({ mediaType, digest, content }: Blob): Descriptor {
  return { mediaType, digest, size: content.length }
}
