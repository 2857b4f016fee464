import type { PackagedImage, Ports } from '@mlwright/domain'
import { imageLayout, imageSize, pushImage, topOf } from '@mlwright/oci'
import { buildWithDocker } from './build-with-docker.ts'
import { makeImages } from './make-images.ts'
import type { WantedImage } from './wanted-image.ts'

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)

export interface Produced {
  readonly image: PackagedImage
  /** One sentence. */
  readonly message: string
}

/** Makes an image; pushes it where `reference` says, and writes it where `layout` says. */
export async function produceImage(ports: Ports, wanted: WantedImage, script: string): Promise<Produced> {
  const { name, version, model, reference, layout, platforms, credentials } = wanted
  const about = `${name} ${version}`
  const target = reference && `${reference.registry}/${reference.repository}`
  const tag = reference && `${target}:${reference.tag}`
  const noun = (digest: string, bytes: number): PackagedImage => ({
    kind: 'Image',
    version: 1,
    name,
    model_version: version,
    model: model.digest,
    digest,
    image: target === null ? layout! : `${target}@${digest}`,
    tag,
    platforms: platforms.map(({ os, architecture }) => `${os}/${architecture}`),
    bytes,
  })
  // Opening it says what is wrong with it, and loads the libraries that an image needs.
  const session = await ports.sessions.open(model.bytes)
  try {
    if (wanted.builder === 'docker') {
      const digest = await ports.progress.during(`Docker builds ${about}`, () =>
        buildWithDocker(ports, wanted, tag!, script),
      )
      return { image: noun(digest, 0), message: `${about} is an image that Docker built: ${target}@${digest}.` }
    }
    const images = await ports.progress.during(`Packing ${about}`, () => makeImages(ports, wanted, script))
    const size = Math.max(...images.map(imageSize))
    if (layout !== undefined)
      for await (const [file, content] of imageLayout(images, version))
        await ports.files.write(`${layout}/${file}`, content)
    const pushed =
      reference &&
      (await ports.progress.during(`Pushing ${tag}`, (update) =>
        pushImage(images, reference, {
          ...(credentials && { credentials }),
          onBlob: ({ size: bytes }) => update(`${megabytes(bytes)} MB`),
        }),
      ))
    const image = noun(topOf(images).digest, size)
    const kept = pushed ? pushed.present + pushed.mounted : 0
    const reused = kept > 0 ? `, ${kept} of its parts were there already` : ''
    return { image, message: `${about} is an image of ${megabytes(size)} MB: ${image.image}${reused}.` }
  } finally {
    await session.close()
  }
}
