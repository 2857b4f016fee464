import { type Tag, type Tags, UserError } from '@mlwright/domain'
import { GitCommand } from './git-command.ts'

/** Each ends with a NUL, which none can hold; a lightweight tag has no message of its own. */
const fields = [
  '%(refname:strip=2)',
  '%(objecttype) %(*objecttype)',
  '%(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)',
  '%(taggerdate:unix)',
  '%(taggername)',
  '%(if:equals=tag)%(objecttype)%(then)%(contents)%(end)',
]
const format = fields.map((field) => `${field}%00`).join('')
const everyTag = 'refs/tags/*:refs/tags/*'

/** The tags of the local repository. A shallow clone first fetches those of its origin, once. */
export class LocalTags implements Tags {
  readonly #git: GitCommand
  #complete: Promise<void> | undefined

  constructor(folder: string, environment?: Record<string, string>) {
    this.#git = new GitCommand(folder, environment)
  }

  async list(): Promise<Tag[]> {
    this.#complete ??= this.#fetch()
    await this.#complete
    return this.#read('refs/tags')
  }

  async create({ name, commit, message }: { name: string; commit: string; message: string }): Promise<Tag | null> {
    const ref = `refs/tags/${name}`
    const write = [...(await this.#identity()), 'tag', '--annotate', '--no-sign', '--cleanup=verbatim', '--file=-']
    const result = await this.#git.try([...write, '--', name, commit], `${message}\n`)
    if (result.code !== 0) {
      if (await this.#git.ask(['rev-parse', '--verify', '--quiet', ref])) return null
      throw new UserError('GIT_FAILED', `git could not write the tag ${name}: ${result.stderr.trim()}`)
    }
    return (await this.#read(ref))[0] ?? null
  }

  async #read(pattern: string): Promise<Tag[]> {
    const words = (await this.#git.run(['for-each-ref', `--format=${format}`, pattern])).split('\0')
    const tags: Tag[] = []
    for (let at = 0; at + fields.length < words.length; at += fields.length) {
      const types = words[at + 1]!
      // Before 2.45 git looks through one tag only.
      const commit = types === 'tag tag' ? await this.#commit(words[at + 2]!) : words[at + 2]!
      if (commit === null || /blob|tree/.test(types)) continue
      tags.push({
        name: words[at]!.replace(/^\n/, ''),
        commit,
        annotated: types.startsWith('tag'),
        at: Number(words[at + 3]),
        message: words[at + 5]!.replace(/\n$/, ''),
        tagger: words[at + 4] || null,
      })
    }
    return tags
  }

  #commit(tag: string): Promise<string | null> {
    return this.#git.ask(['rev-parse', '--verify', '--quiet', `${tag}^{commit}`])
  }

  async #fetch(): Promise<void> {
    if ((await this.#git.ask(['rev-parse', '--is-shallow-repository'])) !== 'true') return
    if (!(await this.#git.ask(['remote', 'get-url', 'origin']))) return
    await this.#git.run(['fetch', '--quiet', '--depth=1', '--filter=tree:0', 'origin', everyTag])
  }

  /** A tagger even where the user has set none. */
  async #identity(): Promise<string[]> {
    const known = await this.#git.ask(['var', 'GIT_COMMITTER_IDENT'])
    return known === null ? ['-c', 'user.name=mlwright', '-c', 'user.email=mlwright@users.noreply.github.com'] : []
  }
}
