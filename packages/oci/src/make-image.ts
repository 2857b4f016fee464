import type { BaseImage, Platform } from './base-image.ts'
import { type Blob, type Descriptor, descriptorOf, jsonBlob } from './blob.ts'
import type { Layer } from './make-layer.ts'

/** How a container of the image runs. */
export interface ImageOptions {
  readonly platform: Platform
  /** What the image begins with (default: nothing). Its variables hold where `environment` says nothing. */
  readonly base?: BaseImage | undefined
  readonly entrypoint: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** User and group, such as `65532:65532`. */
  readonly user: string
  readonly workingDirectory: string
  readonly ports: readonly number[]
  readonly labels: Readonly<Record<string, string>>
  /** When the image says it was made: a fixed time keeps the digest. */
  readonly created: string
  /** Docker's health check, such as `['CMD', '/usr/bin/node', '/app/serve.js', 'health']`. */
  readonly health?: { readonly test: readonly string[]; readonly seconds: number }
  /** What each layer is, for `docker history`. */
  readonly history: readonly string[]
}

/** One image: its manifest, and all that the manifest names. */
export interface Image {
  readonly platform: Platform
  readonly manifest: Blob
  readonly config: Blob
  readonly base: BaseImage | null
  /** The layers after those of the base. */
  readonly layers: readonly Layer[]
}

const nanoseconds = 1e9

/** Makes the config and the manifest of an OCI image; the same arguments give the same digest. */
export function makeImage(layers: readonly Layer[], options: ImageOptions): Image {
  const { platform, base = null, created, health, labels } = options
  const below = base?.layers ?? []
  const config = jsonBlob('application/vnd.oci.image.config.v1+json', {
    created,
    architecture: platform.architecture,
    os: platform.os,
    ...(platform.variant && { variant: platform.variant }),
    config: {
      User: options.user,
      ExposedPorts: Object.fromEntries(options.ports.map((port) => [`${port}/tcp`, {}])),
      Env: Object.entries({ ...base?.environment, ...options.environment }).map(([name, value]) => `${name}=${value}`),
      Entrypoint: options.entrypoint,
      WorkingDir: options.workingDirectory,
      Labels: labels,
      StopSignal: 'SIGTERM',
      ...(health && {
        Healthcheck: {
          Test: health.test,
          Interval: health.seconds * nanoseconds,
          Timeout: health.seconds * nanoseconds,
          Retries: 3,
        },
      }),
    },
    rootfs: { type: 'layers', diff_ids: [...below, ...layers].map(({ diffId }) => diffId) },
    history: [...(base?.history ?? []), ...options.history.map((text) => ({ created, created_by: text }))],
  })
  const manifest = jsonBlob('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptorOf(config),
    layers: [
      ...below.map(({ mediaType, digest, size }): Descriptor => ({ mediaType, digest, size })),
      ...layers.map(descriptorOf),
    ],
    annotations: labels,
  })
  return { platform, manifest, config, base, layers }
}

/** Compressed bytes that a first pull takes. */
export function imageSize({ base, layers }: Pick<Image, 'base' | 'layers'>): number {
  const own = layers.reduce((sum, { content }) => sum + content.length, 0)
  return (base?.layers ?? []).reduce((sum, { size }) => sum + size, own)
}

/** Makes the index of an image for several platforms. */
export function makeIndex(images: readonly Image[], annotations: Readonly<Record<string, string>>): Blob {
  const manifests = images.map(({ manifest, platform }): Descriptor & { platform: Platform } => ({
    ...descriptorOf(manifest),
    platform,
  }))
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  return jsonBlob(mediaType, { schemaVersion: 2, mediaType, manifests, annotations })
}

/** What a tag names: the manifest of one image, the index of several. */
export function topOf(images: readonly [Image, ...Image[]]): Blob {
  return images.length === 1 ? images[0].manifest : makeIndex(images, {})
}
