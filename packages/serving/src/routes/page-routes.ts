import { jsonReply } from '../http/reply.ts'
import type { Route } from '../http/route.ts'
import type { ServingMetrics } from '../metrics/serving-metrics.ts'
import { docsPage } from '../pages/docs-page.ts'
import { openApi } from '../pages/open-api.ts'
import type { Traffic } from '../traffic/traffic.ts'

/** What people and tools read: `/docs`, `/openapi.json` and `/metrics`. */
export function pageRoutes(parts: {
  readonly traffic: Traffic
  readonly metrics: ServingMetrics
  /** Whether predictions ask for a key. */
  readonly protected: boolean
}): Route[] {
  const { traffic, metrics } = parts
  const get = (path: string, name: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    name,
    access: 'open',
    handle,
  })
  return [
    get('/', 'docs', () => ({ status: 302, headers: { Location: '/docs' }, type: 'text/plain', body: '/docs\n' })),
    get('/docs', 'docs', () => docsPage(traffic.champion, parts.protected)),
    get('/openapi.json', 'openapi', () => jsonReply(openApi(traffic.champion, parts.protected))),
    get('/metrics', 'metrics', () => ({
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: metrics.metrics.render(),
    })),
  ]
}
