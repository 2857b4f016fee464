import { createHash } from 'node:crypto'
import { type Release, type ReleaseAsset, type Releases, UserError } from '@mlwright/domain'
import { MemoryGitHub } from './memory-github.ts'

/** Releases in memory; like immutable ones, a published release never changes. */
export class MemoryReleases implements Releases {
  readonly #state: MemoryGitHub

  constructor(state = new MemoryGitHub()) {
    this.#state = state
  }

  async list(): Promise<Release[]> {
    return [...this.#state.releases.values()].sort((a, b) => a.id - b.id)
  }

  async draft({ tag, title, body }: Pick<Release, 'tag' | 'title' | 'body'>): Promise<Release> {
    const id = this.#state.nextId()
    return this.#keep({ id, tag, title, body, draft: true, url: `memory:release/${id}`, publishedAt: null, assets: [] })
  }

  async upload(release: number, name: string, content: Uint8Array): Promise<ReleaseAsset> {
    const draft = this.#draft(release)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const there = draft.assets.find((asset) => asset.name === name)
    if (there?.complete && there.sha256 === sha256) return there
    const asset = { id: this.#state.nextId(), name, bytes: content.length, sha256, complete: true }
    if (there) this.#state.assets.delete(there.id)
    this.#state.assets.set(asset.id, Uint8Array.from(content))
    this.#keep({ ...draft, assets: [...draft.assets.filter((other) => other.name !== name), asset] })
    return asset
  }

  async publish(release: number, latest: boolean): Promise<Release> {
    const found = this.#release(release)
    if (!found.draft) return found
    const taken = [...this.#state.releases.values()].some((other) => !other.draft && other.tag === found.tag)
    if (taken) throw new UserError('API_FAILED', `${found.tag} has a published release; discard the draft.`)
    if (latest) this.#state.latest = release
    return this.#keep({ ...found, draft: false, publishedAt: this.#state.seconds() })
  }

  async discard(release: number): Promise<void> {
    if (!this.#state.releases.has(release)) return
    for (const { id } of this.#draft(release).assets) this.#state.assets.delete(id)
    this.#state.releases.delete(release)
  }

  async download(asset: number): Promise<Uint8Array> {
    const content = this.#state.assets.get(asset)
    if (content) return Uint8Array.from(content)
    throw new UserError('API_FAILED', `There is no release asset ${asset}.`)
  }

  #keep(release: Release): Release {
    this.#state.releases.set(release.id, release)
    return release
  }

  #release(id: number): Release {
    const found = this.#state.releases.get(id)
    if (found) return found
    throw new UserError('API_FAILED', `There is no release ${id}; it was deleted meanwhile.`)
  }

  #draft(id: number): Release {
    const found = this.#release(id)
    if (found.draft) return found
    throw new UserError('API_FAILED', `The release ${found.tag} is published and does not change any more.`)
  }
}
