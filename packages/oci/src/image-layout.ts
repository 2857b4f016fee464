import { type Blob, descriptorOf } from './blob.ts'
import { type Image, makeIndex } from './make-image.ts'

/** The files of an OCI image layout: what `podman pull oci:DIR:TAG` and skopeo read. */
export function imageLayout(images: readonly [Image, ...Image[]], tag: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const add = ({ digest, content }: Blob) => files.set(`blobs/sha256/${digest.slice('sha256:'.length)}`, content)
  for (const image of images) for (const blob of [...image.layers, image.config, image.manifest]) add(blob)
  const top = images.length === 1 ? images[0].manifest : makeIndex(images, {})
  add(top)
  const annotations = { 'org.opencontainers.image.ref.name': tag }
  const index = { schemaVersion: 2, manifests: [{ ...descriptorOf(top), annotations }] }
  files.set('index.json', Buffer.from(JSON.stringify(index)))
  files.set('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'))
  return files
}
