import { accountOf, authorize } from './access.ts'
import { complete } from './complete.ts'
import { graphql } from './graphql.ts'
import { HttpProblem, missing } from './http-problem.ts'
import { operationOf, type Schema, violations } from './openapi.ts'
import { type Answer, pathPattern, type Route } from './route.ts'
import { routes } from './routes/index.ts'
import type { State } from './state.ts'

export interface RestRequest {
  readonly method: string
  readonly url: URL
  readonly authorization: string
  readonly accept: string
  readonly body: unknown
}

/** Whatever its description says, GitHub does answer null for the repository of a fork that is gone, and `starter` for an asset whose upload broke. */
const known =
  /^GET .+(\/pulls.* responses\/200.*\/head\/repo: must be object|\/releases.*\/state: must be equal to one of the allowed values)$/

const patterns = routes.map((route) => ({ route, pattern: pathPattern(route.operation) }))

/** Answers a request to the API. What disagrees with GitHub's description goes to `complaints`, for the tests to read. */
export async function respond(request: RestRequest, state: State, complaints: string[]): Promise<Answer> {
  const { method, url, body } = request
  const account = accountOf(request.authorization, state)
  if (url.pathname === '/graphql') return graphql(body, account, state)
  const { route, params } = routeOf(method, url.pathname)
  if (params.owner !== state.owner || params.repo !== state.name) throw missing()
  const wrong = requestViolations(route, url.searchParams, body)
  complaints.push(...wrong)
  if (wrong.length > 0) throw new HttpProblem(422, `Invalid request.\n\n${wrong.join('\n')}`)
  authorize(account, route.permissions, state)
  const answer = await route.answer(
    { params, query: url.searchParams, body, account, accept: request.accept, url },
    state,
  )
  const schema = operationOf(route.operation).responses[answer.status]
  if (answer.body === undefined || !schema) return answer
  const completed = complete(schema, answer.body)
  const wrongAnswer = violations(route.operation, `responses/${answer.status}`, completed)
  complaints.push(...wrongAnswer.filter((complaint) => !known.test(complaint)))
  return { ...answer, body: completed }
}

function routeOf(method: string, path: string): { route: Route; params: Record<string, string> } {
  for (const { route, pattern } of patterns) {
    const match = route.operation.startsWith(`${method} `) ? pattern.exec(path) : null
    if (!match) continue
    const params = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
    return { route, params: Object.fromEntries(params) }
  }
  throw missing()
}

function requestViolations({ operation }: Route, query: URLSearchParams, body: unknown): string[] {
  const { query: known, request } = operationOf(operation)
  const wrong = [...query].flatMap(([name, text]) => {
    const schema = known[name]
    if (!schema) return [`${operation} has no query parameter ${name}`]
    return violations(operation, `query/${name}`, typed(schema, text))
  })
  return request && body !== undefined ? [...wrong, ...violations(operation, 'request', body)] : wrong
}

function typed(schema: Schema, text: string): unknown {
  return schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
}
