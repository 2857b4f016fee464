/** How a request failed: the HTTP status, or null where the connection did. */
export interface ApiRefusal {
  readonly status: number | null
  readonly message: string
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly cause: unknown
}

/** Reads an error of octokit, which gives a broken connection the status 500 and no response. */
export function apiRefusal(error: unknown): ApiRefusal | null {
  if (!(error instanceof Error)) return null
  if ('errors' in error && Array.isArray(error.errors)) return graphqlRefusal(error, error.errors)
  if (!('status' in error) || typeof error.status !== 'number') return null
  const response = 'response' in error ? (error.response as OctokitResponse | undefined) : undefined
  if (!response) {
    const reason = error.cause instanceof Error ? error.cause : error
    const inner = reason.cause instanceof Error ? reason.cause.message : reason.message
    return { status: null, message: inner, headers: {}, cause: error }
  }
  return { status: response.status, message: messageOf(response), headers: response.headers, cause: error }
}

/** GraphQL answers 200 and says in words what REST says with a status. */
function graphqlRefusal(cause: Error, errors: readonly { type?: string; message?: string }[]): ApiRefusal {
  const { type = '', message = '' } = errors[0] ?? {}
  const status = type === 'RATE_LIMITED' ? 429 : /FORBIDDEN|INSUFFICIENT_SCOPES/.test(type) ? 403 : 422
  return { status, message: message.replace(/\s+/g, ' ').trim(), headers: {}, cause }
}

interface OctokitResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly data: unknown
}

/** GitHub's message with the messages of its errors, on one line. */
function messageOf({ data }: OctokitResponse): string {
  if (typeof data !== 'object' || data === null) {
    const text = String(data ?? '').trim()
    return text.startsWith('<') ? 'with a web page' : text.slice(0, 200)
  }
  const { message = '', errors = [] } = data as { message?: string; errors?: unknown }
  const details = (Array.isArray(errors) ? errors : [errors]).map((error: unknown) =>
    typeof error === 'object' && error !== null ? detailOf(error) : String(error),
  )
  return [message, ...details].filter(Boolean).join(': ').replace(/\s+/g, ' ').trim()
}

/** Some errors have a message, some only say which field is wrong and how: `tag_name already_exists`. */
function detailOf({ message, field, code }: { message?: string; field?: string; code?: string }): string {
  return message ?? [field, code].filter(Boolean).join(' ')
}

/** Whether GitHub asks to come back later, and not to change something. */
export function isRateLimit({ status, message, headers }: ApiRefusal): boolean {
  if (status === 429) return true
  if (status !== 403) return false
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit/i.test(message)
}
