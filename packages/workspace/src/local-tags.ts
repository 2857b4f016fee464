import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Tag, type TagStamp, type Tags, UserError } from '@mlwright/domain'
import { GitCommand } from './git-command.ts'
import { pieces } from './pieces.ts'

/** What a tag itself says: its target is not read. */
const target = '%(type) %(object) %(taggerdate:unix) %(refname:strip=2)'
/** Ends with a NUL, which no message holds. */
const whole = `%(objecttype) %(objectname) ${target}%0a%(taggername)%0a%(contents)%00`
const everyTag = 'refs/tags/*:refs/tags/*'
/** What `git fetch` exits with where it took everything but some references. */
const rejected = 1

/** The tags of the local repository. A shallow clone first fetches those of its origin, once. */
export class LocalTags implements Tags {
  readonly #git: GitCommand
  #complete: Promise<void> | undefined

  constructor(folder: string, environment?: Record<string, string>) {
    this.#git = new GitCommand(folder, environment)
  }

  async list(): Promise<Tag[]> {
    await this.#fetched()
    return this.#read('refs/tags')
  }

  async stamps(): Promise<TagStamp[]> {
    await this.#fetched()
    const { rest, until } = this.#ask(target, 'refs/tags')
    const stamps: TagStamp[] = []
    while (rest()) {
      const type = until(' ')
      const object = until(' ')
      const at = Number(until(' '))
      const name = until('\n')
      const commit = type === 'commit' ? object : type === 'tag' ? await this.#peel(object) : null
      if (commit !== null) stamps.push({ name, commit, annotated: true, at })
    }
    return stamps
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
    const { rest, until } = this.#ask(whole, pattern)
    const tags: Tag[] = []
    while (rest()) {
      const own = { type: until(' '), object: until(' ') }
      const target = { type: until(' '), object: until(' ') }
      const annotated = own.type === 'tag'
      const { type, object } = annotated ? target : own
      const commit = type === 'commit' ? object : type === 'tag' ? await this.#peel(object) : null
      const at = Number(until(' '))
      const name = until('\n')
      const tagger = until('\n') || null
      const text = until('\0\n').replace(/\n$/, '')
      if (commit !== null) tags.push({ name, commit, annotated, at, message: annotated ? text : '', tagger })
    }
    return tags
  }

  #ask(format: string, pattern: string) {
    return pieces(this.#git.read(['for-each-ref', `--format=${format}`, pattern]))
  }

  /** A tag of a tag is followed to its end. */
  #peel(tag: string): Promise<string | null> {
    return this.#git.ask(['rev-parse', '--verify', '--quiet', `${tag}^{commit}`])
  }

  async #fetched(): Promise<void> {
    this.#complete ??= this.#fetch()
    await this.#complete
  }

  /** A depth would cut the history of a clone that has more than one commit; a tag that its origin has moved stays. */
  async #fetch(): Promise<void> {
    if (!(await this.#isShallow())) return
    if (!(await this.#git.ask(['remote', 'get-url', 'origin']))) return
    const depth = (await this.#git.ask(['rev-parse', '--verify', '--quiet', 'HEAD^'])) ? [] : ['--depth=1']
    await this.#git.run(['fetch', '--quiet', ...depth, '--filter=tree:0', 'origin', everyTag], '', rejected)
  }

  /** At the top of a clone a file says so; elsewhere git does. */
  async #isShallow(): Promise<boolean> {
    const own = join(this.#git.folder, '.git')
    if (statSync(own, { throwIfNoEntry: false })?.isDirectory()) return existsSync(join(own, 'shallow'))
    return (await this.#git.ask(['rev-parse', '--is-shallow-repository'])) === 'true'
  }

  /** A tagger even where the user has set none. */
  async #identity(): Promise<string[]> {
    const known = await this.#git.ask(['var', 'GIT_COMMITTER_IDENT'])
    return known === null ? ['-c', 'user.name=mlwright', '-c', 'user.email=mlwright@users.noreply.github.com'] : []
  }
}
