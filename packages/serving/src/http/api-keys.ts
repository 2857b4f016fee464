import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { UserError } from '@mlwright/domain'
import { HttpError } from './http-error.ts'

const digest = (key: string) => createHash('sha256').update(key).digest()

/** Keys that open the server. Only their digests are kept. */
export class ApiKeys {
  readonly #keys: readonly { readonly name: string; readonly digest: Buffer }[]

  constructor(keys: readonly { readonly name: string; readonly digest: Buffer }[]) {
    this.#keys = keys
  }

  /** Reads one key per line: `key`, `name:key` or `name:sha256:<hex>`; `#` begins a comment. Throws `UserError` INPUT_INVALID. */
  static parse(text: string, path: string): ApiKeys {
    const keys = text.split(/\r?\n/).flatMap((raw, at) => {
      const line = raw.trim()
      if (line === '' || line.startsWith('#')) return []
      const [, name = `line ${at + 1}`, sha256, key] = /^(?:([^:]+):)?(?:sha256:([0-9a-f]{64})|(.+))$/.exec(line)!
      if (key !== undefined && key.length < 16)
        throw new UserError(
          'INPUT_INVALID',
          `${path}:${at + 1}: a key needs at least 16 characters; \`openssl rand -hex 24\` makes one.`,
        )
      return [{ name, digest: sha256 ? Buffer.from(sha256, 'hex') : digest(key!) }]
    })
    if (keys.length > 0) return new ApiKeys(keys)
    throw new UserError('INPUT_INVALID', `${path} holds no key; write one per line, such as \`alice:<key>\`.`)
  }

  /** The name of whoever sent the request. Compares with every key in constant time. Throws HttpError 401. */
  check(request: Pick<IncomingMessage, 'headers'>): string {
    const { authorization, 'x-api-key': header } = request.headers
    const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? (typeof header === 'string' ? header : undefined)
    const wrong = (message: string) => new HttpError(401, message, { 'WWW-Authenticate': 'Bearer realm="mlwright"' })
    if (given === undefined)
      throw wrong('An API key is needed; send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`.')
    const sent = digest(given)
    let name: string | null = null
    for (const key of this.#keys) if (timingSafeEqual(key.digest, sent)) name ??= key.name
    if (name === null) throw wrong('The API key is not known.')
    return name
  }
}
