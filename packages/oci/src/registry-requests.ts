import { UserError } from '@mlwright/domain'
import { apiOrigin, type ImageReference } from './image-reference.ts'
import { persist, RegistryFailure, retryAfter } from './registry-failure.ts'
import { type Credentials, registryToken, type Scope } from './registry-token.ts'

export interface RegistryRequest {
  readonly method: string
  readonly url: string
  readonly expected: readonly number[]
  readonly body?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** Requests to one registry: logs in when it asks, and waits when it is busy. */
export class RegistryRequests {
  readonly origin: string
  readonly #reference: Pick<ImageReference, 'registry' | 'repository'>
  readonly #credentials: Credentials | undefined
  readonly #scopes: readonly Scope[]
  #authorization: string | null = null

  constructor(
    reference: Pick<ImageReference, 'registry' | 'repository' | 'secure'>,
    scopes: readonly Scope[],
    credentials: Credentials | undefined,
  ) {
    this.origin = apiOrigin(reference)
    this.#reference = reference
    this.#credentials = credentials
    this.#scopes = scopes
  }

  /** Sends a request that may be sent again. Throws `RegistryFailure`, and `UserError` PERMISSION_MISSING. */
  send(request: RegistryRequest): Promise<Response> {
    return persist(
      ({ passing }) => passing,
      () => this.sendOnce(request),
    )
  }

  /** Sends a request, and once more with a fresh login where the registry asks for one. */
  async sendOnce(request: RegistryRequest): Promise<Response> {
    const first = await this.#fetch(request)
    if (request.expected.includes(first.status)) return first
    if (first.status !== 401) throw await this.#refusal(request, first)
    this.#authorization = await registryToken(first, this.#reference, this.#scopes, this.#credentials)
    const second = await this.#fetch(request)
    if (request.expected.includes(second.status)) return second
    throw await this.#refusal(request, second)
  }

  async #fetch({ method, url, body, headers }: RegistryRequest): Promise<Response> {
    try {
      return await fetch(url, {
        method,
        redirect: 'follow',
        headers: {
          ...(body && { 'Content-Type': 'application/octet-stream' }),
          ...headers,
          // A location elsewhere, such as a bucket's, is signed; our credentials are none of its business.
          ...(this.#authorization && new URL(url).origin === this.origin && { Authorization: this.#authorization }),
        },
        ...(body && { body: body as Uint8Array<ArrayBuffer> }),
      })
    } catch (error) {
      const { cause, message } = error as Error
      const why = cause instanceof Error ? cause.message || String(cause) : message
      throw new RegistryFailure(
        `The registry ${this.#reference.registry} does not answer: ${why || message}.`,
        null,
        null,
        error,
      )
    }
  }

  async #refusal({ method }: RegistryRequest, response: Response): Promise<UserError> {
    const { registry, repository } = this.#reference
    const { status, headers } = response
    const text = (await response.text()).slice(0, 300)
    if (status !== 401 && status !== 403)
      return new RegistryFailure(
        `The registry ${registry} answered ${status} to ${method} for ${repository}: ${text}`,
        status,
        retryAfter(headers.get('retry-after'), Date.now()),
      )
    const writes = this.#scopes.some(({ actions }) => actions !== 'pull')
    return new UserError(
      'PERMISSION_MISSING',
      `The registry ${registry} does not let you ${writes ? 'write to' : 'read'} ${repository}; on GitHub the job needs \`permissions: packages: ${writes ? 'write' : 'read'}\`, elsewhere log in with an account that may.`,
    )
  }
}
