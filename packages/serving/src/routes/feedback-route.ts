import { z } from 'zod'
import { badRequest } from '../http/http-error.ts'
import { parseJson } from '../http/parse-json.ts'
import { jsonReply } from '../http/reply.ts'
import type { Route } from '../http/route.ts'
import type { PredictionLog } from '../log/prediction-log.ts'
import type { ServingMetrics } from '../metrics/serving-metrics.ts'

/** A label that became known, keyed by the request that was answered. */
export const Feedback = z.strictObject({
  request_id: z.string().min(1).max(128).describe('The id of the answer: `request_id`, or the header X-Request-Id.'),
  row: z.number().int().min(0).optional().describe('Which row, where the request had several (default: 0).'),
  label: z.union([z.string().max(1000), z.number(), z.boolean()]).describe('What turned out to be true.'),
})

/** `POST /feedback`: one label or a list of them, into the prediction log. */
export function feedbackRoute(log: PredictionLog | null, metrics: ServingMetrics): Route {
  return {
    method: 'POST',
    path: '/feedback',
    name: 'feedback',
    access: 'key',
    async handle(call) {
      const body = parseJson(await call.body())
      const list = Array.isArray(body) ? body : [body]
      if (list.length === 0) throw badRequest('The list of labels is empty.')
      const labels = list.map((item, at) => {
        const parsed = Feedback.safeParse(item)
        if (parsed.success) return parsed.data
        const { path, message } = parsed.error.issues[0]!
        throw badRequest(`Label ${at}: ${path.join('.') || 'it'}: ${message}.`)
      })
      for (const label of labels) log?.feedback(label)
      metrics.feedback.add([], labels.length)
      return jsonReply({ accepted: labels.length }, 202)
    },
  }
}
