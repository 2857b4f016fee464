import { type PublishedReleases, type Release, UserError } from '@mlwright/domain'
import { type RestRelease, releaseOf } from './rest-release.ts'

export interface GitHubReader {
  readonly repository: { readonly owner: string; readonly name: string }
  /** Address of the API. */
  readonly api: string
  /** Only a private repository needs one. */
  readonly token: string | undefined
}

const seconds = 60

/** The published releases of a repository on GitHub for who is not one of its jobs: read only, with or without a token. */
export class GitHubPublishedReleases implements PublishedReleases {
  readonly #reader: GitHubReader

  constructor(reader: GitHubReader) {
    this.#reader = reader
  }

  async list(): Promise<Release[]> {
    const found: Release[] = []
    for (let page = 1; ; page++) {
      const answer = await this.#get(`/releases?per_page=100&page=${page}`, 'application/vnd.github+json')
      const releases = (await answer.json()) as RestRelease[]
      found.push(...releases.map(releaseOf))
      if (releases.length < 100) return found.filter(({ draft }) => !draft).sort((a, b) => a.id - b.id)
    }
  }

  async download(asset: number): Promise<Uint8Array> {
    const answer = await this.#get(`/releases/assets/${asset}`, 'application/octet-stream')
    return new Uint8Array(await answer.arrayBuffer())
  }

  async #get(path: string, accept: string): Promise<Response> {
    const { api, repository, token } = this.#reader
    const { name, owner } = repository
    const headers = { accept, 'user-agent': 'mlwright', ...(token && { authorization: `Bearer ${token}` }) }
    const url = `${api}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}${path}`
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(seconds * 1000) }).catch((cause) => {
      throw new UserError('API_FAILED', `GitHub cannot be reached for the releases of ${owner}/${name}; try again.`, {
        cause,
      })
    })
    if (answer.ok) return answer
    const fix = token
      ? 'the token in GH_TOKEN has to read its contents'
      : 'set GH_TOKEN to a token that may read its contents, which also raises the rate limit'
    throw new UserError(
      'PERMISSION_MISSING',
      `GitHub answered ${answer.status} when asked for the releases of ${owner}/${name}; ${fix}.`,
    )
  }
}
