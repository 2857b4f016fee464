import { createHash } from 'node:crypto'
import type { Files, Release, ReleaseAsset, Releases } from '@mlwright/domain'
import { UserError } from '@mlwright/domain'

interface Facts {
  readonly id: number
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly draft: boolean
  readonly publishedAt: number | null
}

const factsFile = 'release.json'

/** Releases of a laptop: a folder each, which holds the release's files and what is said of them. */
export class FolderReleases implements Releases {
  readonly #files: Files
  readonly #root: string
  readonly #now: () => Date

  constructor(files: Files, root: string, now: () => Date) {
    this.#files = files
    this.#root = root
    this.#now = now
  }

  async list(): Promise<Release[]> {
    const paths = await this.#files.glob(`${this.#root}/*/${factsFile}`)
    const releases = await Promise.all(paths.map((path) => this.#read(path)))
    return releases.sort((a, b) => a.id - b.id)
  }

  async draft({ tag, title, body }: Pick<Release, 'tag' | 'title' | 'body'>): Promise<Release> {
    const id = Math.max(0, ...(await this.list()).map((release) => release.id)) + 1
    return this.#write({ id, tag, title, body, draft: true, publishedAt: null })
  }

  async upload(release: number, name: string, content: Uint8Array): Promise<ReleaseAsset> {
    const { tag, draft } = await this.#one(release)
    if (!draft) throw new UserError('INPUT_INVALID', `The release ${tag} is published and does not change any more.`)
    await this.#files.write(`${this.#folder(tag)}/${name}`, content)
    return this.#asset(release, tag, name)
  }

  async publish(release: number): Promise<Release> {
    const { id, tag, title, body, draft, publishedAt } = await this.#one(release)
    const now = Math.floor(this.#now().getTime() / 1000)
    return this.#write({ id, tag, title, body, draft: false, publishedAt: draft ? now : publishedAt })
  }

  async discard(release: number): Promise<void> {
    const found = (await this.list()).find(({ id }) => id === release)
    if (found?.draft) await this.#files.remove(this.#folder(found.tag))
  }

  async download(asset: number): Promise<Uint8Array> {
    for (const release of await this.list()) {
      const found = release.assets.find(({ id }) => id === asset)
      const bytes = found && (await this.#files.read(`${this.#folder(release.tag)}/${found.name}`))
      if (bytes) return bytes
    }
    throw new UserError('FILE_MISSING', `There is no such file of a release below ${this.#root}.`)
  }

  #folder(tag: string): string {
    return `${this.#root}/${tag}`
  }

  async #one(id: number): Promise<Release> {
    const found = (await this.list()).find((release) => release.id === id)
    if (found) return found
    throw new UserError('FILE_MISSING', `There is no release ${id} below ${this.#root}; register the version again.`)
  }

  async #read(path: string): Promise<Release> {
    const facts: Facts = JSON.parse(new TextDecoder().decode((await this.#files.read(path))!))
    const folder = this.#folder(facts.tag)
    const names = (await this.#files.glob(`${folder}/*`)).map((file) => file.slice(folder.length + 1))
    const assets = await Promise.all(
      names.filter((name) => name !== factsFile).map((name) => this.#asset(facts.id, facts.tag, name)),
    )
    return { ...facts, url: this.#files.absolute(folder), assets }
  }

  async #write(facts: Facts): Promise<Release> {
    const path = `${this.#folder(facts.tag)}/${factsFile}`
    await this.#files.write(path, `${JSON.stringify(facts, null, 2)}\n`)
    return this.#read(path)
  }

  async #asset(release: number, tag: string, name: string): Promise<ReleaseAsset> {
    const bytes = (await this.#files.read(`${this.#folder(tag)}/${name}`)) ?? new Uint8Array()
    const hash = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex')
    const id = Number.parseInt(hash(`${release}/${name}`).slice(0, 12), 16)
    return { id, name, bytes: bytes.length, sha256: hash(bytes), complete: true }
  }
}
