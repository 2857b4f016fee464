import { createHash } from 'node:crypto'
import { type Release, type ReleaseAsset, type Releases, UserError } from '@mlwright/domain'
import type { ApiQuestion } from './api-question.ts'
import type { ApiRefusal } from './api-refusal.ts'
import { type GitHubApi, notFound } from './github-api.ts'
import { assetOf, type RestAsset, releaseOf } from './rest-release.ts'

const reading = (doing: string): ApiQuestion => ({ doing, permission: 'contents: read' })
const writing = (doing: string): ApiQuestion => ({ doing, permission: 'contents: write', explain: immutable })

interface Known {
  readonly release: Release
  readonly uploadUrl: string
}

/** Releases through the REST API. Drafts are seen by tokens with `contents: write` alone. */
export class GitHubReleases implements Releases {
  readonly #api: GitHubApi

  constructor(api: GitHubApi) {
    this.#api = api
  }

  async list(): Promise<Release[]> {
    const found = await this.#api.ask(reading('list the releases'), (octokit) =>
      octokit.paginate(octokit.rest.repos.listReleases, { ...this.#api.repository, per_page: 100 }),
    )
    return found.map(releaseOf).sort((a, b) => a.id - b.id)
  }

  async draft({ tag, title, body }: Pick<Release, 'tag' | 'title' | 'body'>): Promise<Release> {
    const { data } = await this.#api.ask(writing(`draft the release ${tag}`), (octokit) =>
      octokit.rest.repos.createRelease({
        ...this.#api.repository,
        tag_name: tag,
        name: title,
        body,
        draft: true,
        make_latest: 'false',
      }),
    )
    return releaseOf(data)
  }

  async upload(release: number, name: string, content: Uint8Array): Promise<ReleaseAsset> {
    const { release: draft, uploadUrl } = await this.#draft(release)
    const sha256 = createHash('sha256').update(content).digest('hex')
    for (let attempt = 1; ; attempt++) {
      const there = (await this.#assets(release)).find((asset) => asset.name === name)
      if (there?.complete && there.sha256 === sha256) return there
      if (there) await this.#remove(there)
      const made = await this.#send(uploadUrl, name, content)
      if (made?.complete && (made.sha256 ?? sha256) === sha256) return made
      if (attempt === 3)
        throw new UserError(
          'API_FAILED',
          `${name} did not arrive whole at the release ${draft.tag}; run the job again.`,
        )
    }
  }

  async publish(release: number, latest: boolean): Promise<Release> {
    const found = await this.#get(release)
    if (found && !found.release.draft) return found.release
    const { data } = await this.#api.ask(writing(`publish the release ${found?.release.tag ?? release}`), (octokit) =>
      octokit.rest.repos.updateRelease({
        ...this.#api.repository,
        release_id: release,
        draft: false,
        make_latest: latest ? 'true' : 'false',
      }),
    )
    return releaseOf(data)
  }

  async discard(release: number): Promise<void> {
    if (!(await this.#get(release))) return
    const { tag } = (await this.#draft(release)).release
    await this.#api.askUnless(writing(`delete a draft of ${tag}`), notFound, (octokit) =>
      octokit.rest.repos.deleteRelease({ ...this.#api.repository, release_id: release }),
    )
  }

  async download(asset: number): Promise<Uint8Array> {
    const { data } = await this.#api.ask(reading(`download the release asset ${asset}`), async (octokit) => {
      const answer = await octokit.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
        ...this.#api.repository,
        asset_id: asset,
        headers: { accept: 'application/octet-stream' },
        request: { parseSuccessResponseBody: false },
      })
      return { data: await new Response(answer.data as unknown as ReadableStream).arrayBuffer() }
    })
    return new Uint8Array(data)
  }

  /** Null where it is gone. */
  async #get(release: number): Promise<Known | null> {
    const answer = await this.#api.askUnless(reading(`read the release ${release}`), notFound, (octokit) =>
      octokit.rest.repos.getRelease({ ...this.#api.repository, release_id: release }),
    )
    return answer && { release: releaseOf(answer.data), uploadUrl: answer.data.upload_url.replace(/\{.*\}$/, '') }
  }

  async #draft(release: number): Promise<Known> {
    const found = await this.#get(release)
    if (found?.release.draft) return found
    const why = found
      ? `The release ${found.release.tag} is published and does not change any more`
      : `There is no release ${release}, or the token may not see it, which takes \`permissions: contents: write\``
    throw new UserError('API_FAILED', `${why}; run the job again.`)
  }

  async #assets(release: number): Promise<ReleaseAsset[]> {
    const found = await this.#api.ask(reading('list the assets of a release'), (octokit) =>
      octokit.paginate(octokit.rest.repos.listReleaseAssets, {
        ...this.#api.repository,
        release_id: release,
        per_page: 100,
      }),
    )
    return found.map(assetOf)
  }

  async #remove({ id, name }: ReleaseAsset): Promise<void> {
    await this.#api.askUnless(writing(`replace the asset ${name}`), notFound, (octokit) =>
      octokit.rest.repos.deleteReleaseAsset({ ...this.#api.repository, asset_id: id }),
    )
  }

  /** Null where an asset of that name is there, which may be what is left of our own try. */
  async #send(uploadUrl: string, name: string, content: Uint8Array): Promise<ReleaseAsset | null> {
    const answer = await this.#api.askUnless(
      writing(`upload ${name}`),
      ({ status, message }) => status === 422 && /already_exists|already exists/i.test(message),
      (octokit) =>
        octokit.request({
          method: 'POST',
          url: `${uploadUrl}?name=${encodeURIComponent(name)}`,
          data: content,
          headers: { 'content-type': 'application/octet-stream', 'content-length': content.length },
        }),
    )
    return answer && assetOf(answer.data as RestAsset)
  }
}

function immutable({ message }: ApiRefusal): string | null {
  if (!/immutable/i.test(message)) return null
  return `The release is immutable and does not change any more (${message}); register a new version.`
}
