import { type Blob, type Descriptor, descriptorOf, jsonBlob } from './blob.ts'
import type { Layer } from './make-layer.ts'

export interface Platform {
  readonly os: string
  readonly architecture: string
}

/** How a container of the image runs. */
export interface ImageOptions {
  readonly platform: Platform
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
  /** What one layer is, for `docker history`. */
  readonly history: readonly string[]
}

/** One image: its manifest, and all that the manifest names. */
export interface Image {
  readonly platform: Platform
  readonly manifest: Blob
  readonly config: Blob
  readonly layers: readonly Layer[]
}

const nanoseconds = 1e9

/** Makes the config and the manifest of an OCI image; the same arguments give the same digest. */
export function makeImage(layers: readonly Layer[], options: ImageOptions): Image {
  const { platform, created, health, labels } = options
  const config = jsonBlob('application/vnd.oci.image.config.v1+json', {
    created,
    architecture: platform.architecture,
    os: platform.os,
    config: {
      User: options.user,
      ExposedPorts: Object.fromEntries(options.ports.map((port) => [`${port}/tcp`, {}])),
      Env: Object.entries(options.environment).map(([name, value]) => `${name}=${value}`),
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
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: options.history.map((text) => ({ created, created_by: text })),
  })
  const manifest = jsonBlob('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptorOf(config),
    layers: layers.map(descriptorOf),
    annotations: labels,
  })
  return { platform, manifest, config, layers }
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
