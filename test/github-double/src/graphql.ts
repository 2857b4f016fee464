import { HttpProblem } from './http-problem.ts'
import type { Answer } from './route.ts'
import type { Account } from './state.ts'

/** The one question that is asked in GraphQL: whose token this is. */
export function graphql(body: unknown, account: Account): Answer {
  const { query = '' } = body as { query?: string }
  if (!/^\s*(query\s*)?\{\s*viewer\s*\{\s*login\s*\}\s*\}\s*$/.test(query))
    throw new HttpProblem(400, `The double knows no such query: ${query}`)
  return { status: 200, body: { data: { viewer: { login: account.login } } } }
}
