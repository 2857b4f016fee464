import { type Descriptor, descriptorOf } from './blob.ts'
import { type Image, topOf } from './make-image.ts'

/** The files of an OCI image layout, one by one: what `podman pull oci:DIR:TAG` and skopeo read. */
export async function* imageLayout(
  images: readonly [Image, ...Image[]],
  tag: string,
): AsyncGenerator<readonly [path: string, content: Uint8Array]> {
  const pathOf = ({ digest }: Pick<Descriptor, 'digest'>) => `blobs/${digest.replace(':', '/')}`
  for (const { base, layers, config, manifest } of images) {
    for (const layer of base?.layers ?? []) yield [pathOf(layer), await layer.read()]
    for (const blob of [...layers, config, manifest]) yield [pathOf(blob), blob.content]
  }
  const top = topOf(images)
  yield [pathOf(top), top.content]
  const annotations = { 'org.opencontainers.image.ref.name': tag }
  const index = { schemaVersion: 2, manifests: [{ ...descriptorOf(top), annotations }] }
  yield ['index.json', Buffer.from(JSON.stringify(index))]
  yield ['oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}')]
}
