import { UserError } from '@mlwright/domain'
import type { Descriptor, Digest } from './blob.ts'
import { type ImageReference, parseBase } from './image-reference.ts'
import { type FoundManifest, RegistryClient, type RegistryOptions } from './registry-client.ts'

export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
}

/** A layer of a base image: it stays in its registry until somebody needs its bytes. */
export interface BaseLayer extends Descriptor {
  readonly diffId: Digest
  read(): Promise<Uint8Array>
}

/** One platform of an image that ours begins with. */
export interface BaseImage {
  /** As Docker would pull it. */
  readonly name: string
  readonly origin: Pick<ImageReference, 'registry' | 'repository'>
  readonly platform: Platform
  readonly layers: readonly BaseLayer[]
  readonly environment: Readonly<Record<string, string>>
  readonly entrypoint: readonly string[]
  readonly history: readonly object[]
}

interface Manifest {
  readonly config: Descriptor
  readonly layers: readonly Descriptor[]
}

interface Config {
  readonly os?: string
  readonly architecture?: string
  readonly variant?: string
  readonly config?: { readonly Env?: readonly string[] | null; readonly Entrypoint?: readonly string[] | null }
  readonly rootfs?: { readonly diff_ids?: readonly Digest[] }
  readonly history?: readonly object[]
}

interface Index {
  readonly manifests: readonly (Descriptor & { readonly platform?: Platform })[]
}

const parse = <T>({ content }: Pick<FoundManifest, 'content'>) => JSON.parse(Buffer.from(content).toString()) as T
const label = ({ os, architecture }: Platform) => `${os}/${architecture}`

/** Docker's name of a layer's type, as OCI says it. */
const mediaTypeOf = (type: string) =>
  type.replace(/^application\/vnd\.docker\.image\.rootfs\.diff\.tar\./, 'application/vnd.oci.image.layer.v1.tar+')

function environmentOf(variables: readonly string[]): Record<string, string> {
  return Object.fromEntries(variables.map((text) => [text.split('=')[0]!, text.slice(text.indexOf('=') + 1)]))
}

async function readImage(
  client: RegistryClient,
  manifest: Manifest,
  facts: Pick<BaseImage, 'name' | 'origin'>,
): Promise<BaseImage> {
  const config = parse<Config>({ content: await client.blob(manifest.config) })
  const ids = config.rootfs?.diff_ids ?? []
  if (ids.length !== manifest.layers.length)
    throw new UserError('INPUT_INVALID', `The base image ${facts.name} does not say what its layers hold.`)
  const { os = 'linux', architecture = '', variant } = config
  return {
    ...facts,
    platform: { os, architecture, ...(variant && { variant }) },
    layers: manifest.layers.map(({ mediaType, digest, size }, at) => ({
      mediaType: mediaTypeOf(mediaType),
      digest,
      size,
      diffId: ids[at]!,
      read: () => client.blob({ digest }),
    })),
    environment: environmentOf(config.config?.Env ?? []),
    entrypoint: config.config?.Entrypoint ?? [],
    history: config.history ?? [],
  }
}

/**
 * Reads the platforms of a base image, which has to be named by its digest: without one the same version would not give
 * the same image. Throws `UserError` INPUT_INVALID where there is no digest, no such image or no such platform.
 */
export async function readBase(
  text: string,
  platforms: readonly Platform[],
  options: Pick<RegistryOptions, 'credentials'> = {},
): Promise<BaseImage[]> {
  const reference = parseBase(text)
  const { registry, repository, digest } = reference
  const client = new RegistryClient(reference, { ...options, readOnly: true })
  const top = await client.manifest(digest ?? reference.tag)
  if (!top) throw new UserError('INPUT_INVALID', `There is no base image ${text}.`)
  const name = `${registry}/${repository}@${top.digest}`
  if (digest === null)
    throw new UserError(
      'INPUT_INVALID',
      `The base image ${text} has no digest, so it could be another one tomorrow; write \`${text}@${top.digest}\`.`,
    )
  const { manifests } = parse<Partial<Index>>(top)
  const facts = { name, origin: { registry, repository } }
  const found: BaseImage[] = []
  for (const platform of platforms) {
    const entry = manifests?.find((other) => other.platform && label(other.platform) === label(platform))
    const manifest = entry ? await client.manifest(entry.digest) : manifests ? null : top
    const image = manifest && (await readImage(client, parse<Manifest>(manifest), facts))
    if (!image || label(image.platform) !== label(platform)) {
      const known = manifests?.flatMap((other) => (other.platform ? [label(other.platform)] : [])) ?? []
      const there = image ? [label(image.platform)] : [...new Set(known)].filter((text) => !text.startsWith('unknown'))
      throw new UserError(
        'INPUT_INVALID',
        `The base image ${text} is not for ${label(platform)}; it is for ${there.join(', ') || 'no platform that it names'}.`,
      )
    }
    found.push({ ...image, platform: entry?.platform ?? image.platform })
  }
  return found
}
