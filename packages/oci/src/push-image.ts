import type { BaseImage } from './base-image.ts'
import type { Descriptor, Digest } from './blob.ts'
import type { ImageReference } from './image-reference.ts'
import { type Image, topOf } from './make-image.ts'
import { RegistryClient, type RegistryOptions } from './registry-client.ts'

export interface Pushed {
  /** Digest to pull by: of the manifest, or of the index where there are several platforms. */
  readonly digest: Digest
  readonly uploaded: number
  /** Blobs that the registry had already. */
  readonly present: number
  /** Blobs of the base that the registry took from another of its repositories. */
  readonly mounted: number
}

/** A repository of this registry that has the base's blobs. */
const sameRegistry = (base: BaseImage | null, { registry, repository }: ImageReference) =>
  base && base.origin.registry === registry && base.origin.repository !== repository
    ? base.origin.repository
    : undefined

/** Pushes an image, or an index of one image per platform: blobs first, the tag last, so that no tag ever lacks a part. */
export async function pushImage(
  images: readonly [Image, ...Image[]],
  reference: ImageReference,
  options: Pick<RegistryOptions, 'credentials' | 'chunk'> & {
    /** Told before each blob. */
    readonly onBlob?: (blob: Descriptor) => void
  } = {},
): Promise<Pushed> {
  const client = new RegistryClient(reference, { ...options, mountFrom: sameRegistry(images[0].base, reference) })
  const counts = { uploaded: 0, present: 0, mounted: 0 }
  const seen = new Set<Digest>()
  const put = async (blob: Descriptor, read: () => Promise<Uint8Array>, from?: string) => {
    if (seen.has(blob.digest)) return
    seen.add(blob.digest)
    options.onBlob?.(blob)
    counts[await client.putBlobOf(blob, read, from)]++
  }
  for (const { base, layers, config } of images) {
    for (const layer of base?.layers ?? []) await put(layer, () => layer.read(), sameRegistry(base, reference))
    for (const { mediaType, digest, content } of [...layers, config])
      await put({ mediaType, digest, size: content.length }, async () => content)
  }
  const top = topOf(images)
  if (images.length > 1) for (const { manifest } of images) await client.putManifest(manifest, manifest.digest)
  await client.putManifest(top, reference.tag)
  return { digest: top.digest, ...counts }
}
