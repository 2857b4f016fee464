import { type Tag, type Tags, UserError } from '@mlwright/domain'
import { GitCommand } from './git-command.ts'

/** Each ends with a NUL, which none can hold. Object and type are what a tag itself says of its target: nothing else is read. */
const fields = [
  'refname:strip=2',
  'objecttype',
  'objectname',
  'type',
  'object',
  'taggerdate:unix',
  'taggername',
  'contents',
]
const format = fields.map((field) => `%(${field})%00`).join('')
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
      const annotated = words[at + 1] === 'tag'
      const target = annotated ? 3 : 1
      const type = words[at + target]
      const object = words[at + target + 1]!
      const commit = type === 'tag' ? await this.#commit(object) : type === 'commit' ? object : null
      if (commit === null) continue
      tags.push({
        name: words[at]!.replace(/^\n/, ''),
        commit,
        annotated,
        at: Number(words[at + 5]),
        message: annotated ? words[at + 7]!.replace(/\n$/, '') : '',
        tagger: words[at + 6] || null,
      })
    }
    return tags
  }

  /** A tag of a tag is followed to its end. */
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
