import { HttpProblem, missing } from '../http-problem.ts'
import { now } from '../now.ts'
import { page } from '../page.ts'
import type { Route } from '../route.ts'
import type { Account, State, StoredRelease } from '../state.ts'
import { trigger } from '../trigger.ts'
import { restAsset } from './release-assets.ts'

interface ReleaseFields {
  readonly tag_name?: string
  readonly target_commitish?: string
  readonly name?: string
  readonly body?: string
  readonly draft?: boolean
  readonly make_latest?: string
}

export const releaseRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/releases',
    permissions: ['contents: read'],
    async answer(request, state) {
      const seen = state.releases.filter((release) => visible(release, request.account)).toReversed()
      return page(request, await Promise.all(seen.map((release) => restRelease(release, state))))
    },
  },
  {
    operation: 'POST /repos/{owner}/{repo}/releases',
    permissions: ['contents: write'],
    async answer({ body, account }, state) {
      const { tag_name: tag = '', target_commitish: target = state.defaultBranch, ...fields } = body as ReleaseFields
      const { name = '', body: text = '', draft = false } = fields
      const fresh = { published: null, immutable: false, latest: false, assets: [] }
      const release = {
        id: state.nextId(),
        author: account.login,
        tag,
        target,
        name,
        body: text,
        draft: true,
        ...fresh,
      }
      if (!draft) await publish(release, fields, account, state)
      state.releases.push(release)
      return { status: 201, body: await restRelease(release, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/releases/tags/{tag}',
    permissions: ['contents: read'],
    async answer({ params }, state) {
      const release = state.releases.find(({ tag, draft }) => tag === params.tag && !draft)
      if (!release) throw missing()
      return { status: 200, body: await restRelease(release, state) }
    },
  },
  {
    operation: 'GET /repos/{owner}/{repo}/releases/{release_id}',
    permissions: ['contents: read'],
    async answer({ params, account }, state) {
      const release = releaseOf(state, params.release_id)
      if (!visible(release, account)) throw missing()
      return { status: 200, body: await restRelease(release, state) }
    },
  },
  {
    operation: 'PATCH /repos/{owner}/{repo}/releases/{release_id}',
    permissions: ['contents: write'],
    async answer({ params, body, account }, state) {
      const release = releaseOf(state, params.release_id)
      const fields = body as ReleaseFields
      if (release.immutable && fields.tag_name !== undefined && fields.tag_name !== release.tag)
        throw new HttpProblem(422, 'Cannot change the tag of an immutable release.')
      release.tag = fields.tag_name ?? release.tag
      if (release.draft && fields.draft === false) await publish(release, fields, account, state)
      release.name = fields.name ?? release.name
      release.body = fields.body ?? release.body
      return { status: 200, body: await restRelease(release, state) }
    },
  },
  {
    operation: 'DELETE /repos/{owner}/{repo}/releases/{release_id}',
    permissions: ['contents: write'],
    answer({ params }, state) {
      state.releases.splice(state.releases.indexOf(releaseOf(state, params.release_id)), 1)
      return { status: 204 }
    },
  },
]

/** Drafts are for those who may write. */
function visible({ draft }: StoredRelease, { permissions }: Account): boolean {
  return !draft || permissions.contents === 'write'
}

export function releaseOf(state: State, id: string | undefined): StoredRelease {
  const release = state.releases.find((candidate) => candidate.id === Number(id))
  if (!release) throw missing()
  return release
}

/** A tag that is not there is made, a lightweight one. */
async function publish(release: StoredRelease, { make_latest }: ReleaseFields, account: Account, state: State) {
  const { tag, target } = release
  if (state.releases.some((other) => other !== release && !other.draft && other.tag === tag)) {
    const errors = [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }]
    throw new HttpProblem(422, 'Validation Failed', { errors })
  }
  if (!(await state.git.readRef(`refs/tags/${tag}`))) {
    const commit = await state.git.find(target, 'commit')
    if (!commit)
      throw new HttpProblem(422, 'Validation Failed', {
        errors: [{ message: 'Published releases must have a valid tag' }],
      })
    await state.git.setRef(`refs/tags/${tag}`, commit, null)
  }
  if (make_latest !== 'false') for (const other of state.releases) other.latest = false
  release.latest = make_latest !== 'false'
  release.draft = false
  release.published = now()
  release.immutable = state.settings.immutableReleases
  trigger('release', tag, account, state)
}

/** `created_at` is the date of the commit, as on GitHub. */
async function restRelease(release: StoredRelease, state: State) {
  const { id, tag, draft } = release
  const { git, owner, name, url } = state
  const commit = (await git.find(`refs/tags/${tag}`, 'commit')) ?? (await git.find(release.target, 'commit'))
  const created = commit ? await git.run(['show', '-s', '--format=%cI', commit]) : now()
  const address = `${url}/repos/${owner}/${name}/releases/${id}`
  return {
    id,
    tag_name: tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft,
    prerelease: false,
    immutable: release.immutable,
    created_at: created,
    published_at: release.published,
    url: address,
    html_url: `https://github.com/${owner}/${name}/releases/tag/${draft ? `untagged-${id}` : encodeURIComponent(tag)}`,
    assets_url: `${address}/assets`,
    upload_url: `${url}/uploads/repos/${owner}/${name}/releases/${id}/assets{?name,label}`,
    tarball_url: null,
    zipball_url: null,
    author: { login: release.author },
    assets: release.assets.map((asset) => restAsset(asset, state)),
  }
}
