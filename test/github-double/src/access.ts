import { HttpProblem } from './http-problem.ts'
import type { Account, State } from './state.ts'

/** The account of a request's token. */
export function accountOf(authorization: string, state: State): Account {
  if (authorization === '') throw new HttpProblem(401, 'Requires authentication')
  const account = state.accounts.get(authorization.replace(/^(token|bearer) /i, ''))
  if (!account) throw new HttpProblem(401, 'Bad credentials')
  return account
}

/** Any one of the permissions is enough; what is public may be read with every token. */
export function authorize(account: Account, permissions: readonly string[], state: State): void {
  const allowed = permissions.some((permission) => {
    const [scope = '', access] = permission.split(': ')
    if (scope === 'metadata' || (access === 'read' && !state.private && scope !== 'actions')) return true
    const granted = account.permissions[scope] ?? 'none'
    return granted === 'write' || granted === access
  })
  if (allowed) return
  const accepted = permissions.map((permission) => permission.replaceAll('-', '_').replace(': ', '=')).join('; ')
  throw new HttpProblem(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': accepted },
  })
}
