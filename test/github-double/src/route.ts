import type { Account, State } from './state.ts'

export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly account: Account
  readonly accept: string
  readonly url: URL
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  /** Where the answer is no JSON. */
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One operation of GitHub's description. */
export interface Route {
  readonly operation: string
  /** Any of these permissions lets it through, such as `issues: write`. */
  readonly permissions: readonly string[]
  readonly answer: (request: ApiRequest, state: State) => Answer | Promise<Answer>
}

/** A route's path as an expression; a `{ref}` may hold slashes. */
export function pathPattern(operation: string): RegExp {
  const path = operation.slice(operation.indexOf(' ') + 1)
  const source = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'ref' ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  )
  return new RegExp(`^${source}$`)
}
