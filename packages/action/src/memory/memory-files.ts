import { posix } from 'node:path'
import { byUtf8, type Files, UserError } from '@mlwright/domain'
import { globPattern } from './glob-pattern.ts'

/** A working directory in memory. */
export class MemoryFiles implements Files {
  /** Content by path. */
  readonly content = new Map<string, Uint8Array>()
  readonly #folder: string

  constructor(files: Readonly<Record<string, Uint8Array | string>> = {}, folder = '/memory') {
    this.#folder = folder
    for (const [path, content] of Object.entries(files)) this.#set(path, content)
  }

  absolute(path: string): string {
    const absolute = posix.resolve(this.#folder, path)
    if (absolute === this.#folder || absolute.startsWith(`${this.#folder}/`)) return absolute
    throw new UserError('INPUT_INVALID', `${path} lies outside ${this.#folder}; name a path inside it.`)
  }

  async read(path: string): Promise<Uint8Array | null> {
    const name = this.#name(path)
    const content = this.content.get(name)
    if (content === undefined && this.#inside(name).length > 0)
      throw new UserError('FILE_UNREADABLE', `${path} is a folder; name a file.`)
    return content ? Uint8Array.from(content) : null
  }

  async write(path: string, content: Uint8Array | string): Promise<void> {
    this.#set(path, content)
  }

  async glob(pattern: string): Promise<string[]> {
    const clean = pattern.replace(/^\.\//, '')
    this.absolute(clean.split(/[*?[{(!]/)[0] || '.')
    if (this.content.has(clean)) return [clean]
    const wanted = globPattern(clean)
    const names = [...this.content.keys()].filter((name) => wanted.test(name) && !/(^|\/)node_modules\//.test(name))
    return names.sort(byUtf8)
  }

  async remove(path: string): Promise<void> {
    const name = this.#name(path)
    for (const inside of [name, ...this.#inside(name)]) this.content.delete(inside)
  }

  #set(path: string, content: Uint8Array | string): void {
    this.content.set(
      this.#name(path),
      typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content),
    )
  }

  #name(path: string): string {
    return posix.relative(this.#folder, this.absolute(path))
  }

  #inside(folder: string): string[] {
    return [...this.content.keys()].filter((name) => folder === '' || name.startsWith(`${folder}/`))
  }
}
