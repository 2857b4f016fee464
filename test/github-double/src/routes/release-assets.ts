import { createHash } from 'node:crypto'
import { HttpProblem, missing } from '../http-problem.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { State, StoredAsset, StoredRelease } from '../state.ts'

export const releaseAssetRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/releases/{release_id}/assets',
    permissions: ['contents: read'],
    answer(request, state) {
      const { assets } = existing(state, request.params.release_id)
      return page(request, assets, (items) => items.map((asset) => restAsset(asset, state)))
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/releases/{release_id}/assets',
    permissions: ['contents: write'],
    answer({ params, query, body }, state) {
      const release = existing(state, params.release_id)
      const name = (query.get('name') ?? '').replace(/[^\w.+@-]+/g, '.')
      const bytes = body as Uint8Array
      if (release.immutable) throw new HttpProblem(422, 'Cannot upload assets to an immutable release.')
      if (bytes.length === 0) throw new HttpProblem(400, 'Bad Content-Length: ')
      if (release.assets.some((asset) => asset.name === name)) {
        const errors = [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }]
        throw new HttpProblem(422, 'Validation Failed', { errors })
      }
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
      const contentType = 'application/octet-stream'
      const asset = { id: state.nextId(), name, contentType, size: bytes.length, digest, state: 'uploaded' as const }
      state.blobs.set(`release-assets/${asset.id}`, bytes)
      release.assets.push(asset)
      return { status: 201, body: restAsset(asset, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/releases/assets/{asset_id}',
    permissions: ['contents: read'],
    answer({ params, accept }, state) {
      const { asset } = found(state, params.asset_id)
      if (!accept.includes('application/octet-stream')) return { status: 200, body: restAsset(asset, state) }
      const location = `${state.url}/blobs/release-assets/${asset.id}?sig=signature-of-a-download`
      return { status: 302, headers: { location } }
    },
  },
  {
    operation: 'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}',
    permissions: ['contents: write'],
    answer({ params }, state) {
      const { release, asset } = found(state, params.asset_id)
      if (release.immutable) throw new HttpProblem(422, 'Cannot delete asset from an immutable release.')
      release.assets.splice(release.assets.indexOf(asset), 1)
      return { status: 204 }
    },
  },
]

/** What a server's error leaves of an upload: an asset without content that keeps its name. */
export function breakUpload({ pathname, searchParams }: URL, state: State): void {
  const [, id] = /^\/uploads\/.*\/releases\/(\d+)\/assets$/.exec(pathname) ?? []
  const release = state.releases.find((candidate) => candidate.id === Number(id))
  const name = searchParams.get('name') ?? ''
  if (!release || release.assets.some((asset) => asset.name === name)) return
  release.assets.push({ id: state.nextId(), name, contentType: '', size: 0, digest: null, state: 'starter' })
}

function existing(state: State, id: string | undefined): StoredRelease {
  const release = state.releases.find((candidate) => candidate.id === Number(id))
  if (!release) throw missing()
  return release
}

function found(state: State, id: string | undefined): { release: StoredRelease; asset: StoredAsset } {
  for (const release of state.releases) {
    const asset = release.assets.find((candidate) => candidate.id === Number(id))
    if (asset) return { release, asset }
  }
  throw missing()
}

export function restAsset(asset: StoredAsset, { owner, name, url }: State) {
  return {
    id: asset.id,
    name: asset.name,
    label: '',
    state: asset.state,
    size: asset.size,
    digest: asset.digest,
    content_type: asset.contentType,
    download_count: 0,
    url: `${url}/repos/${owner}/${name}/releases/assets/${asset.id}`,
    browser_download_url: `https://github.com/${owner}/${name}/releases/download/${asset.name}`,
    uploader: null,
  }
}
