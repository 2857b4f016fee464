import { UserError } from '@mlwright/domain'
import type { Blob, Digest } from './blob.ts'
import type { ImageReference } from './image-reference.ts'
import { type Credentials, registryToken } from './registry-token.ts'

export interface RegistryOptions {
  readonly credentials?: Credentials | undefined
  /** Bytes per request of an upload; null sends each blob in one (default: null). */
  readonly chunk?: number | null
}

const attempts = 4

/** A repository of a registry, by the OCI distribution protocol. */
export class RegistryClient {
  readonly #base: string
  readonly #origin: string
  readonly #reference: ImageReference
  readonly #options: RegistryOptions
  #authorization: string | null = null

  constructor(reference: ImageReference, options: RegistryOptions = {}) {
    this.#origin = `${reference.secure ? 'https' : 'http'}://${reference.registry}`
    this.#base = `${this.#origin}/v2/${reference.repository}`
    this.#reference = reference
    this.#options = options
  }

  async hasBlob(digest: Digest): Promise<boolean> {
    return (await this.#ask('HEAD', `${this.#base}/blobs/${digest}`, [200, 404])).status === 200
  }

  /** Uploads a blob unless it is there; `from` names a repository of the same registry that may have it. */
  async putBlob({ digest, content }: Blob, from?: string): Promise<'present' | 'mounted' | 'uploaded'> {
    if (await this.hasBlob(digest)) return 'present'
    const mount = from === undefined ? '' : `?mount=${digest}&from=${encodeURIComponent(from)}`
    const started = await this.#ask('POST', `${this.#base}/blobs/uploads/${mount}`, [201, 202])
    if (started.status === 201) return 'mounted'
    const finish = (location: string) => `${location}${location.includes('?') ? '&' : '?'}digest=${digest}`
    const { chunk = null } = this.#options
    let location = this.#location(started)
    if (chunk !== null)
      for (let start = 0; start < content.length; start += chunk) {
        const part = content.subarray(start, start + chunk)
        const range = `${start}-${start + part.length - 1}`
        location = this.#location(await this.#ask('PATCH', location, [202], part, { 'Content-Range': range }))
      }
    await this.#ask('PUT', finish(location), [201], chunk === null ? content : new Uint8Array(0))
    return 'uploaded'
  }

  async putManifest(manifest: Blob, tag: string): Promise<void> {
    await this.#ask('PUT', `${this.#base}/manifests/${tag}`, [201], manifest.content, {
      'Content-Type': manifest.mediaType,
    })
  }

  #location(response: Response): string {
    const location = response.headers.get('location')
    if (location) return new URL(location, this.#origin).href
    throw new UserError('API_FAILED', `The registry ${this.#reference.registry} did not say where to upload to.`)
  }

  async #ask(
    method: string,
    url: string,
    expected: readonly number[],
    body?: Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(url, {
        method,
        redirect: 'follow',
        headers: {
          ...(body && { 'Content-Type': 'application/octet-stream' }),
          ...headers,
          // A location elsewhere, such as a bucket's, is signed; our credentials are none of its business.
          ...(this.#authorization && url.startsWith(this.#origin) && { Authorization: this.#authorization }),
        },
        ...(body && { body: body as Uint8Array<ArrayBuffer> }),
      }).catch((error: Error) => {
        if (attempt < attempts) return null
        throw new UserError(
          'API_FAILED',
          `The registry ${this.#reference.registry} does not answer: ${error.message}.`,
          { cause: error },
        )
      })
      if (response && expected.includes(response.status)) return response
      if (response?.status === 401 && attempt === 1) {
        this.#authorization = await registryToken(response, this.#reference, this.#options.credentials)
        continue
      }
      if (response && response.status < 500 && response.status !== 429) throw await this.#refusal(method, response)
      if (response && attempt >= attempts) throw await this.#refusal(method, response)
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt))
    }
  }

  async #refusal(method: string, response: Response): Promise<UserError> {
    const { registry, repository } = this.#reference
    const text = (await response.text()).slice(0, 300)
    if (response.status === 401 || response.status === 403)
      return new UserError(
        'PERMISSION_MISSING',
        `The registry ${registry} does not let you write to ${repository}; on GitHub the job needs \`permissions: packages: write\`, elsewhere log in with an account that may.`,
      )
    return new UserError('API_FAILED', `The registry ${registry} answered ${response.status} to ${method}: ${text}`)
  }
}
