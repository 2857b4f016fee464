import { type Ports, UserError } from '@mlwright/domain'
import { type BaseImage, type Image, makeImage, makeLayer, type Platform, readBase } from '@mlwright/oci'
import { imageParts, imageSettings } from './image-parts.ts'
import { localPlatform } from './local-node.ts'
import type { WantedImage } from './wanted-image.ts'

const label = ({ os, architecture }: Platform) => `${os}/${architecture}`

/** The bases of an image by platform; null for this machine's own Node.js. */
async function basesOf({ base, platforms, credentials, reference }: WantedImage): Promise<(BaseImage | null)[]> {
  if (base !== 'local') {
    const same = reference !== null && base.startsWith(`${reference.registry}/`)
    return readBase(base, platforms, same && credentials ? { credentials } : {})
  }
  const own = localPlatform()
  const foreign = platforms.find((platform) => label(platform) !== label(own))
  if (foreign)
    throw new UserError(
      'INPUT_INVALID',
      `This machine's Node.js is for ${label(own)}, not for ${label(foreign)}; name a published Node.js image with \`base\`, such as \`node:24-slim@sha256:…\`.`,
    )
  return [null]
}

/** Where a base has Node.js: the program that it starts, else the one on its path. */
const nodeOf = (base: BaseImage | null) =>
  base === null ? '/usr/bin/node' : (base.entrypoint.find((word) => /(^|\/)node$/.test(word)) ?? 'node')

/** Makes an image for each platform. The model has to be open where the base is `local`. */
export async function makeImages(
  ports: Pick<Ports, 'natives'>,
  wanted: WantedImage,
  script: string,
): Promise<readonly [Image, ...Image[]]> {
  const images: Image[] = []
  const platforms = wanted.base === 'local' ? [localPlatform()] : wanted.platforms
  for (const [at, base] of (await basesOf(wanted)).entries()) {
    const platform = base?.platform ?? platforms[at]!
    const parts = await imageParts(ports, wanted, platform, script)
    const settings = imageSettings(wanted, nodeOf(base))
    const layers = await Promise.all(parts.map(({ files }) => makeLayer(files)))
    images.push(
      makeImage(layers, {
        ...settings,
        ...(base === null ? { environment: { PATH: '/usr/bin', ...settings.environment } } : { base }),
        platform,
        history: parts.map(({ about }) => about),
      }),
    )
  }
  return images as [Image, ...Image[]]
}
