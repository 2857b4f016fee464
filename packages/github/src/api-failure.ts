import { UserError } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import { type ApiRefusal, isRateLimit } from './api-refusal.ts'
import { retryDelay } from './retry-delay.ts'

/** A 403 that no permission of the token would change. */
const otherReasons = /archived|locked|suspended|blocked|allow list|SAML|too large/i

/** The sentence for a request that failed for good: what was asked, what came back, and the fix. */
export function apiFailure(question: ApiQuestion, refusal: ApiRefusal, requests: number, now: number): UserError {
  const { status, message, cause } = refusal
  const own = question.explain?.(refusal)
  if (own) return new UserError('API_FAILED', own, { cause })
  const asked = `when asked to ${question.doing}`
  const times = requests > 1 ? `, ${requests} times in a row` : ''
  if (isRateLimit(refusal)) {
    const seconds = Math.ceil((retryDelay(refusal, requests, now) ?? 0) / 1000)
    const wait = `answered ${status} ${asked}${times}: its rate limit is used up; run the job again in ${seconds} seconds, and let fewer jobs run at once.`
    return new UserError('API_FAILED', `GitHub ${wait}`, { cause })
  }
  if (status === 401)
    return new UserError(
      'PERMISSION_MISSING',
      `GitHub does not accept the token (401: ${message}) ${asked}; pass \`token: \${{ github.token }}\`, or a token that has not expired, with \`permissions: ${question.permission}\`.`,
      { cause },
    )
  if (status === 403 && otherReasons.test(message))
    return new UserError(
      'API_FAILED',
      `GitHub refuses to ${question.doing} (403: ${message}); change that and run the job again.`,
      { cause },
    )
  if (status === 403)
    return new UserError(
      'PERMISSION_MISSING',
      `The token may not ${question.doing} (403: ${message}); add \`permissions: ${question.permission}\` to the job. Runs for forks and for Dependabot never get more than read access.`,
      { cause },
    )
  if (status === null)
    return new UserError(
      'API_FAILED',
      `The connection to GitHub broke ${asked}${times} (${message}); check that the runner can reach the API, and run the job again.`,
      { cause },
    )
  const fix =
    status >= 500
      ? 'run the job again, and see https://www.githubstatus.com if it stays so'
      : status === 404
        ? `check that it exists and that the job has \`permissions: ${question.permission}\``
        : 'change what the message names and run the job again'
  return new UserError('API_FAILED', `GitHub answered ${status} ${asked}${times} (${message}); ${fix}.`, { cause })
}
