import { UserError } from '@mlwright/domain'
import { type Blob, type Descriptor, type Digest, digestOf } from './blob.ts'
import type { ImageReference } from './image-reference.ts'
import { persist, RegistryFailure } from './registry-failure.ts'
import { RegistryRequests } from './registry-requests.ts'
import type { Credentials } from './registry-token.ts'
import { uploadBlob } from './upload-blob.ts'

export interface RegistryOptions {
  readonly credentials?: Credentials | undefined
  /** Bytes per request of an upload; null sends each blob in one unless that is refused as too large (default: null). */
  readonly chunk?: number | null
  /** Only reads, so that no login needs more (default: false). */
  readonly readOnly?: boolean
  /** Another repository of the registry that blobs are mounted from. */
  readonly mountFrom?: string | undefined
}

/** A manifest as a registry has it. */
export interface FoundManifest {
  readonly digest: Digest
  readonly mediaType: string
  readonly content: Uint8Array
}

/** Bytes that every proxy lets through in one request. */
const small = 2 ** 20

const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/** A repository of a registry, by the OCI distribution protocol. */
export class RegistryClient {
  readonly #base: string
  readonly #requests: RegistryRequests
  readonly #options: RegistryOptions
  readonly #repository: string

  constructor(reference: Pick<ImageReference, 'registry' | 'repository' | 'secure'>, options: RegistryOptions = {}) {
    const { repository } = reference
    const { credentials, readOnly = false, mountFrom } = options
    this.#requests = new RegistryRequests(
      reference,
      [
        { repository, actions: readOnly ? 'pull' : 'pull,push' },
        ...(mountFrom === undefined ? [] : [{ repository: mountFrom, actions: 'pull' } as const]),
      ],
      credentials,
    )
    this.#base = `${this.#requests.origin}/v2/${repository}`
    this.#options = options
    this.#repository = repository
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    const url = `${this.#base}/blobs/${digest}`
    return (await this.#requests.send({ method: 'HEAD', url, expected: [200, 404] })).status === 200
  }

  /** Reads a blob and holds it to its digest. Throws `UserError` API_FAILED. */
  async blob({ digest }: Pick<Descriptor, 'digest'>): Promise<Uint8Array> {
    const response = await this.#requests.send({ method: 'GET', url: `${this.#base}/blobs/${digest}`, expected: [200] })
    return this.#held(digest, new Uint8Array(await response.arrayBuffer()))
  }

  /** The manifest or index of a tag or digest; null where there is none. */
  async manifest(reference: string): Promise<FoundManifest | null> {
    const url = `${this.#base}/manifests/${reference}`
    const headers = { Accept: manifests.join(', ') }
    const response = await this.#requests.send({ method: 'GET', url, expected: [200, 404], headers })
    if (response.status === 404) return null
    const content = new Uint8Array(await response.arrayBuffer())
    if (reference.startsWith('sha256:')) this.#held(reference as Digest, content)
    const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? ''
    return { digest: digestOf(content), mediaType, content }
  }

  /** Uploads a blob unless it is there. An upload that breaks off is started again. */
  putBlob(blob: Blob, from = this.#options.mountFrom): Promise<'present' | 'mounted' | 'uploaded'> {
    return this.putBlobOf(blob, async () => blob.content, from)
  }

  /** The same with a content that is read only where it has to be sent. */
  putBlobOf(
    { digest }: Pick<Descriptor, 'digest'>,
    read: () => Promise<Uint8Array>,
    from = this.#options.mountFrom,
  ): Promise<'present' | 'mounted' | 'uploaded'> {
    let chunk = this.#options.chunk ?? null
    // An upload that the registry has lost, or that stands elsewhere than we think, cannot be continued.
    return persist(
      ({ passing, status }) => passing || status === 404 || status === 413 || status === 416,
      async () => {
        if (await this.hasBlob(digest)) return 'present'
        const mount = from === undefined ? '' : `?mount=${digest}&from=${encodeURIComponent(from)}`
        const url = `${this.#base}/blobs/uploads/${mount}`
        const started = await this.#requests.sendOnce({ method: 'POST', url, expected: [201, 202] })
        if (started.status === 201) return 'mounted'
        const content = await read()
        await uploadBlob(this.#requests, started, { digest, content }, chunk).catch((error: unknown) => {
          // What stands before a registry may refuse large requests, or break off where they become too large.
          if (error instanceof RegistryFailure && (error.status === 413 || error.status === null)) chunk ??= small
          throw error
        })
        return 'uploaded'
      },
    )
  }

  async putManifest({ content, mediaType }: Blob, tag: string): Promise<void> {
    const url = `${this.#base}/manifests/${tag}`
    const headers = { 'Content-Type': mediaType }
    await this.#requests.send({ method: 'PUT', url, expected: [201], body: content, headers })
  }

  #held(digest: Digest, content: Uint8Array): Uint8Array {
    if (digestOf(content) === digest) return content
    throw new UserError(
      'API_FAILED',
      `The registry gave other bytes for ${digest} of ${this.#repository}; do not use it.`,
    )
  }
}
