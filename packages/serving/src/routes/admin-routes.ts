import { badRequest } from '../http/http-error.ts'
import { parseJson } from '../http/parse-json.ts'
import { jsonReply } from '../http/reply.ts'
import type { Route } from '../http/route.ts'
import { Policy } from '../traffic/policy.ts'
import type { Traffic } from '../traffic/traffic.ts'

/** Reads a policy. Throws HttpError 400 with every problem. */
export function parsePolicy(value: unknown): Policy {
  const parsed = Policy.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the policy'}: ${message}`)
  throw badRequest(`The policy is not valid: ${problems.join('; ')}.`)
}

/** What administrators may read and change: the traffic policy. */
export function adminRoutes(traffic: Traffic): Route[] {
  return [
    {
      method: 'GET',
      path: '/admin/policy',
      name: 'policy',
      access: 'admin',
      handle: () => jsonReply({ policy: traffic.policy, history: traffic.history }),
    },
    {
      method: 'PUT',
      path: '/admin/policy',
      name: 'policy',
      access: 'admin',
      async handle(call) {
        const change = await traffic.apply(parsePolicy(parseJson(await call.body())), call.caller ?? 'unknown')
        return jsonReply(change)
      },
    },
  ]
}
