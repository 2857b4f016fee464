import { missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'

export const artifactRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
    permissions: ['actions: read'],
    answer(request, state) {
      const { params, query, url } = request
      const name = query.get('name')
      const found = state.artifacts.filter(
        (artifact) => artifact.finalized && artifact.run === params.run_id && (name === null || artifact.name === name),
      )
      return page(request, found, (items) => ({
        total_count: found.length,
        artifacts: items.map(({ id, name: title, size, digest, expired }) => ({
          id,
          expired,
          name: title,
          size_in_bytes: size,
          digest,
          url: `${url.origin}/repos/${state.owner}/${state.name}/actions/artifacts/${id}`,
          created_at: '2026-01-01T00:00:00Z',
        })),
      }))
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
    permissions: ['actions: read'],
    answer({ params }, state) {
      const artifact = state.artifacts.find(({ id }) => id === Number(params.artifact_id))
      if (!artifact) throw missing()
      return { status: 302, headers: { location: `${state.url}/blobs/${artifact.blob}?sig=signature-of-a-download` } }
    },
  },
]
