import { createHash } from 'node:crypto'
import { createGzip } from 'node:zlib'
import { type Blob, type Digest, makeBlob } from './blob.ts'
import type { LayerFile } from './layer-file.ts'
import { writeTar } from './write-tar.ts'

/** A layer: its compressed bytes, and the digest of what they hold. */
export interface Layer extends Blob {
  readonly diffId: Digest
}

/** Byte 9 of a gzip header names the operating system; 255 says nothing, so that all of them write the same. */
const systemByte = 9

/** Packs files as one gzip layer. The same files give the same bytes with the same version of Node. */
export async function makeLayer(
  files: readonly LayerFile[],
  options: { readonly level?: number } = {},
): Promise<Layer> {
  const plain = createHash('sha256')
  const gzip = createGzip({ level: options.level ?? 6 })
  const chunks: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => {
    gzip.on('end', resolve)
    gzip.on('error', reject)
  })
  for (const chunk of writeTar(files)) {
    plain.update(chunk)
    if (!gzip.write(chunk)) await new Promise((resolve) => gzip.once('drain', resolve))
  }
  gzip.end()
  await ended
  const content = Buffer.concat(chunks)
  content[systemByte] = 255
  const blob = makeBlob('application/vnd.oci.image.layer.v1.tar+gzip', content)
  return { ...blob, diffId: `sha256:${plain.digest('hex')}` }
}
