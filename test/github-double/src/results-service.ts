import { randomUUID } from 'node:crypto'
import { HttpProblem } from './http-problem.ts'
import type { State, StoredArtifact, StoredCache } from './state.ts'

type Fields = Readonly<Record<string, string>> & { readonly restore_keys?: readonly string[] }
type Method = (fields: Fields, claims: Claims, state: State) => unknown

/** What a runtime token says: `scp` is `Actions.Results:<run>:<job>`, `ac` the cache scopes as JSON. */
interface Claims {
  readonly run: string
  readonly job: string
  readonly scopes: readonly { readonly Scope: string; readonly Permission: number }[]
}

const canRead = 1
const canWrite = 2

/** Answers a Twirp call of the cache and artifact services, as `@actions/cache` (v2) and `@actions/artifact` make them. */
export function resultsService(name: string, body: unknown, authorization: string, state: State): unknown {
  const method = methods[name]
  if (!method) throw new HttpProblem(404, `There is no ${name}`)
  return method(body as Fields, claimsOf(authorization), state)
}

const methods: Readonly<Record<string, Method>> = {
  'CacheService/CreateCacheEntry'({ key = '', version = '' }, { scopes }, state) {
    const scope = scopes.find(({ Permission }) => Permission & canWrite)?.Scope
    if (!scope) throw new HttpProblem(403, 'cache write denied: the token has no writable scopes')
    const exists = state.caches.some((cache) => cache.key === key && cache.version === version && cache.scope === scope)
    if (exists) throw new HttpProblem(409, 'cache entry with the same key, version, and scope already exists')
    const entry: StoredCache = { id: state.nextId(), key, version, scope, blob: randomUUID(), finalized: false }
    state.caches.push(entry)
    return { ok: true, signed_upload_url: signed(entry.blob, state) }
  },
  'CacheService/FinalizeCacheEntryUpload'({ key, version }, { scopes }, state) {
    const entry = state.caches.find(
      (cache) => cache.key === key && cache.version === version && scopes.some(({ Scope }) => Scope === cache.scope),
    )
    if (!entry) return { ok: false, entry_id: '0' }
    entry.finalized = true
    return { ok: true, entry_id: String(entry.id) }
  },
  'CacheService/GetCacheEntryDownloadURL'({ key = '', version = '', restore_keys = [] }, { scopes }, state) {
    const readable = scopes.filter(({ Permission }) => Permission & canRead)
    if (readable.length === 0) throw new HttpProblem(403, 'cache read denied: the token has no readable scopes')
    for (const { Scope } of readable) {
      const there = state.caches.filter(
        (cache) => cache.finalized && cache.version === version && cache.scope === Scope,
      )
      const exact = there.find((cache) => cache.key === key)
      const newest = there
        .toReversed()
        .find((cache) => [key, ...restore_keys].some((start) => cache.key.startsWith(start)))
      const entry = exact ?? newest
      if (entry) return { ok: true, signed_download_url: signed(entry.blob, state), matched_key: entry.key }
    }
    return { ok: false, signed_download_url: '', matched_key: '' }
  },
  'ArtifactService/CreateArtifact'({ name = '' }, { run, job }, state) {
    if (artifactOf(state, run, name))
      throw new HttpProblem(409, 'an artifact with this name already exists on the workflow run')
    const empty = { size: 0, digest: '', finalized: false, expired: false }
    const artifact = { id: state.nextId(), run, job, name, blob: randomUUID(), ...empty }
    state.artifacts.push(artifact)
    return { ok: true, signed_upload_url: signed(artifact.blob, state) }
  },
  'ArtifactService/FinalizeArtifact'({ name = '', size = '0', hash = '' }, { run }, state) {
    const artifact = artifactOf(state, run, name)
    if (!artifact) return { ok: false, artifact_id: '0' }
    Object.assign(artifact, { size: Number(size), digest: hash, finalized: true })
    return { ok: true, artifact_id: String(artifact.id) }
  },
  'ArtifactService/ListArtifacts'({ name_filter, id_filter }, { run }, state) {
    const found = state.artifacts.filter(
      (artifact) =>
        artifact.finalized &&
        artifact.run === run &&
        (name_filter === undefined || artifact.name === name_filter) &&
        (id_filter === undefined || artifact.id === Number(id_filter)),
    )
    return { artifacts: found.map(twirpArtifact) }
  },
  'ArtifactService/GetSignedArtifactURL'({ name = '' }, { run }, state) {
    const artifact = artifactOf(state, run, name)
    if (!artifact) throw new HttpProblem(404, 'artifact not found')
    return { signed_url: signed(artifact.blob, state) }
  },
  'ArtifactService/DeleteArtifact'({ name = '' }, { run }, state) {
    const artifact = artifactOf(state, run, name)
    if (!artifact) throw new HttpProblem(404, 'artifact not found')
    state.artifacts.splice(state.artifacts.indexOf(artifact), 1)
    return { ok: true, artifact_id: String(artifact.id) }
  },
}

function artifactOf(state: State, run: string, name: string): StoredArtifact | undefined {
  return state.artifacts.find((artifact) => artifact.run === run && artifact.name === name)
}

function twirpArtifact({ id, run, job, name, size, digest }: StoredArtifact) {
  return {
    workflow_run_backend_id: run,
    workflow_job_run_backend_id: job,
    database_id: String(id),
    name,
    size: String(size),
    created_at: '2026-01-01T00:00:00Z',
    digest,
  }
}

/** Long enough that the clients, which mask it in their logs, mask nothing else. */
function signed(blob: string, { url }: State): string {
  return `${url}/blobs/${blob}?sv=2026-01-01&sig=signature-of-the-blob-service`
}

function claimsOf(authorization: string): Claims {
  const payload = authorization.replace(/^Bearer /i, '').split('.')[1]
  if (!payload) throw new HttpProblem(401, 'invalid token')
  const { scp = '', ac = '[]' } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    scp?: string
    ac?: string
  }
  const [, run = '', job = ''] = /Actions\.Results:([^: ]+):([^: ]+)/.exec(scp) ?? []
  if (!run) throw new HttpProblem(401, 'the token has no scope for results')
  return { run, job, scopes: JSON.parse(ac) as Claims['scopes'] }
}
