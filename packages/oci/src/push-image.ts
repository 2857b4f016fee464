import type { Blob, Digest } from './blob.ts'
import type { ImageReference } from './image-reference.ts'
import { type Image, makeIndex } from './make-image.ts'
import { RegistryClient, type RegistryOptions } from './registry-client.ts'

export interface Pushed {
  /** Digest to pull by: of the manifest, or of the index where there are several platforms. */
  readonly digest: Digest
  readonly uploaded: number
  /** Blobs that the registry had already. */
  readonly present: number
}

/** Pushes an image, or an index of one image per platform: blobs first, the tag last, so that no tag ever lacks a part. */
export async function pushImage(
  images: readonly [Image, ...Image[]],
  reference: ImageReference,
  options: RegistryOptions & {
    /** Told before each blob. */
    readonly onBlob?: (blob: Blob) => void
  } = {},
): Promise<Pushed> {
  const client = new RegistryClient(reference, options)
  let uploaded = 0
  let present = 0
  for (const { layers, config } of images)
    for (const blob of [...layers, config]) {
      options.onBlob?.(blob)
      if ((await client.putBlob(blob)) === 'present') present++
      else uploaded++
    }
  const [first, ...others] = images
  if (others.length === 0) {
    await client.putManifest(first.manifest, reference.tag)
    return { digest: first.manifest.digest, uploaded, present }
  }
  for (const { manifest } of images) await client.putManifest(manifest, manifest.digest)
  const index = makeIndex(images, {})
  await client.putManifest(index, reference.tag)
  return { digest: index.digest, uploaded, present }
}
