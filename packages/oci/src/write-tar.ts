import { byUtf8, UserError } from '@mlwright/domain'
import type { LayerFile } from './layer-file.ts'

const block = 512
const padding = (size: number) => (block - (size % block)) % block

/** Splits a path into ustar's name (100 bytes) and prefix (155 bytes). */
function splitPath(path: string): [name: string, prefix: string] {
  const size = (text: string) => Buffer.byteLength(text)
  if (size(path) <= 100) return [path, '']
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)]
    if (name !== '' && size(name) <= 100 && size(prefix) <= 155) return [name, prefix]
  }
  throw new UserError('INPUT_INVALID', `The path ${path} is too long for a layer; shorten its names.`)
}

/** A header of POSIX ustar; owner, group and time are zero, so that the same files give the same bytes. */
function header(path: string, mode: number, size: number, type: '0' | '5'): Buffer {
  const bytes = Buffer.alloc(block)
  const [name, prefix] = splitPath(path)
  const octal = (value: number, at: number, length: number) =>
    bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
  bytes.write(name, 0)
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  bytes.fill(' ', 148, 156)
  bytes.write(type, 156)
  bytes.write('ustar\u000000', 257, 'latin1')
  octal(0, 329, 8)
  octal(0, 337, 8)
  bytes.write(prefix, 345)
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return bytes
}

const foldersOf = (path: string) =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, at, parts) => `${parts.slice(0, at + 1).join('/')}/`)

/** The files as a tar archive, chunk by chunk: folders first, all in the order of their UTF-8 bytes. Throws `UserError` INPUT_INVALID for a path that cannot stand in it. */
export function* writeTar(files: readonly LayerFile[]): Generator<Uint8Array> {
  const seen = new Set<string>()
  for (const file of [...files].sort((a, b) => byUtf8(a.path, b.path))) {
    if (file.path.startsWith('/') || file.path.split('/').some((part) => part === '..' || part === '.' || part === ''))
      throw new UserError(
        'INPUT_INVALID',
        `The path ${file.path} cannot stand in a layer; write it relative to the root.`,
      )
    if (seen.has(file.path)) throw new UserError('INPUT_INVALID', `The layer has ${file.path} twice.`)
    for (const folder of foldersOf(file.path)) {
      if (seen.has(folder)) continue
      seen.add(folder)
      yield header(folder, 0o755, 0, '5')
    }
    seen.add(file.path)
    yield header(file.path, file.mode ?? 0o644, file.content.length, '0')
    yield file.content
    const rest = padding(file.content.length)
    if (rest > 0) yield Buffer.alloc(rest)
  }
  yield Buffer.alloc(2 * block)
}
