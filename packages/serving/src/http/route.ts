import type { IncomingMessage } from 'node:http'
import type { Reply } from './reply.ts'

/** A request that was matched to a route. */
export interface Call {
  readonly request: IncomingMessage
  /** Decoded parts of the path that the route names, such as the model's. */
  readonly params: Readonly<Record<string, string>>
  header(name: string): string | undefined
  /** Reads the body. Throws HttpError 413, 415 or 400. */
  body(): Promise<Buffer>
  /** Name of the key that the request came with; null where no key is asked for. */
  readonly caller: string | null
}

/** One address of the server. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Such as `/v2/models/{model}/infer`. */
  readonly path: string
  /** Who may call: everybody, who has a key, or who has an administrator's key. */
  readonly access: 'open' | 'key' | 'admin'
  /** A short name for metrics. */
  readonly name: string
  handle(call: Call): Reply | Promise<Reply>
}
