import { byUtf8, type Tag, type TagStamp, type Tags } from '@mlwright/domain'
import { MemoryGitHub } from './memory-github.ts'

/** Tags in memory. */
export class MemoryTags implements Tags {
  readonly #state: MemoryGitHub

  constructor(state = new MemoryGitHub()) {
    this.#state = state
  }

  async list(): Promise<Tag[]> {
    return [...this.#state.tags.values()].sort((a, b) => byUtf8(a.name, b.name))
  }

  async stamps(): Promise<TagStamp[]> {
    return (await this.list()).filter(({ annotated }) => annotated)
  }

  async create(tag: { readonly name: string; readonly commit: string; readonly message: string }): Promise<Tag | null> {
    const { tags, refs } = this.#state
    if (tags.has(tag.name)) return null
    const { name, commit, message } = tag
    const made = { name, commit, annotated: true, at: this.#state.seconds(), message, tagger: 'mlwright' }
    tags.set(name, made)
    if (!refs.heads.has(name)) refs.heads.set(name, commit)
    return made
  }
}
