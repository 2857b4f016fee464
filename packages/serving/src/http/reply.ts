/** What goes back: a body with its type and headers. */
export interface Reply {
  readonly status?: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** KServe's client reads errors only where the type is exactly this. */
export const json = 'application/json'

/** A JSON reply. */
export function jsonReply(value: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(value) }
}
