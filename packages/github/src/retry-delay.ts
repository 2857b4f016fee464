import { type ApiRefusal, isRateLimit } from './api-refusal.ts'

/** Requests in all, and the longest single wait in milliseconds. */
export const attempts = 5
export const longestWait = 120_000

/**
 * Milliseconds to wait before asking again, or null where asking again cannot help. `attempt` counts from 1.
 * Rate limits as in https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api: `retry-after`,
 * else `x-ratelimit-reset`, else a minute, doubled each time.
 */
export function retryDelay(refusal: ApiRefusal, attempt: number, now: number): number | null {
  if (isRateLimit(refusal)) {
    const after = Number(refusal.headers['retry-after'])
    if (Number.isFinite(after)) return after * 1000
    const reset = Number(refusal.headers['x-ratelimit-reset'])
    if (refusal.headers['x-ratelimit-remaining'] === '0' && reset > 0) return Math.max(1000, reset * 1000 - now)
    return Math.min(longestWait, 60_000 * 2 ** (attempt - 1))
  }
  if (refusal.status === null || refusal.status >= 500 || refusal.status === 408) return 1000 * 2 ** (attempt - 1)
  return null
}
