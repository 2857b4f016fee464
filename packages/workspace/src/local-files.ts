import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { byUtf8, type Files, UserError } from '@mlwright/domain'
import { temporaryName } from './temporary-name.ts'

/** Files below one folder of this machine. */
export class LocalFiles implements Files {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = resolve(folder)
  }

  absolute(path: string): string {
    const absolute = resolve(this.#folder, path)
    const inside = relative(this.#folder, absolute)
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
      throw new UserError('INPUT_INVALID', `${path} lies outside ${this.#folder}; name a path inside it.`)
    return absolute
  }

  async read(path: string): Promise<Uint8Array | null> {
    const absolute = this.absolute(path)
    try {
      return await readFile(absolute)
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return null
      if (code === 'EISDIR') throw new UserError('FILE_UNREADABLE', `${path} is a folder; name a file.`, { cause })
      throw new UserError('FILE_UNREADABLE', `${path} cannot be read (${code}); check its permissions.`, { cause })
    }
  }

  async write(path: string, content: Uint8Array | string): Promise<void> {
    const target = this.absolute(path)
    const temporary = temporaryName(target)
    try {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(temporary, content)
      await rename(temporary, target)
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => {})
      const { code } = cause as NodeJS.ErrnoException
      const why = `${path} cannot be written (${code}); check its folder, the permissions and the room that is left.`
      throw new UserError('FILE_UNREADABLE', why, { cause })
    }
  }

  async glob(pattern: string): Promise<string[]> {
    const clean = pattern.replace(/^\.\//, '')
    const plain = /^[\w./-]*$/.test(clean)
    if (plain) return (await this.#isFile(clean)) ? [clean] : []
    const { glob, isDynamicPattern } = await import('tinyglobby')
    if (!isDynamicPattern(clean)) return (await this.#isFile(clean)) ? [clean] : []
    this.absolute(clean.split(/[*?[{(!]/)[0] || '.')
    const ignore = ['**/node_modules/**', '**/.git/**']
    return (await glob(clean, { cwd: this.#folder, dot: false, ignore, expandDirectories: false })).sort(byUtf8)
  }

  async #isFile(path: string): Promise<boolean> {
    const { stat } = await import('node:fs/promises')
    return stat(this.absolute(path)).then(
      (found) => found.isFile(),
      () => false,
    )
  }

  async remove(path: string): Promise<void> {
    await rm(this.absolute(path), { recursive: true, force: true }).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOTDIR') return
      const why = `${path} cannot be removed (${cause.code}); check its permissions.`
      throw new UserError('FILE_UNREADABLE', why, { cause })
    })
  }
}
