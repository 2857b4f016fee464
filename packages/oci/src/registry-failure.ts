import { UserError } from '@mlwright/domain'

/** A request that a registry did not fulfil. */
export class RegistryFailure extends UserError {
  /** Null where it did not answer at all. */
  readonly status: number | null
  /** Milliseconds that the registry asks to wait; null where it says nothing. */
  readonly wait: number | null

  constructor(message: string, status: number | null, wait: number | null, cause?: unknown) {
    super('API_FAILED', message, { cause })
    this.status = status
    this.wait = wait
  }

  /** Whether the same may work a moment later. */
  get passing(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500
  }
}

const longest = 60_000

/** What a `Retry-After` header asks for, a minute at most: seconds or a date. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), longest) : null
}

const attempts = 4

/** Does it again, up to four times, while `again` says that the failure may pass. */
export async function persist<T>(again: (failure: RegistryFailure) => boolean, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RegistryFailure) || attempt >= attempts || !again(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, error.wait ?? 250 * 2 ** attempt))
    }
}
