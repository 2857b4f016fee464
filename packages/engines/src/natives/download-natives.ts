import { createHash, randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { LockedPackage } from './natives-lock.ts'
import { readTar } from './read-tar.ts'
import { verifyNatives } from './verify-natives.ts'

async function tarball(registry: string, { name, version, integrity }: LockedPackage): Promise<Buffer> {
  const url = `${registry.replace(/\/+$/, '')}/${name}/-/${name.replace(/^.*\//, '')}-${version}.tgz`
  const response = await fetch(url).catch((error: Error) => {
    const { code } = (error.cause ?? {}) as NodeJS.ErrnoException
    throw new Error(`${url} cannot be reached (${code ?? error.message})`, { cause: error })
  })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (found !== integrity) throw new Error(`${url} is not the file that this release names`)
  return bytes
}

/** Writes the files of a package that the lock names. */
async function unpack(bytes: Buffer, locked: LockedPackage, folder: string): Promise<void> {
  const inside = (path: string) => path.replace(/^[^/]+\//, '')
  const stream = Readable.from([bytes]).pipe(createGunzip())
  for await (const { path, body } of readTar(stream, (path) => Object.hasOwn(locked.files, inside(path)))) {
    const target = join(folder, inside(path))
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, body)
  }
}

/** Makes a folder with a `node_modules` of the packages: downloaded, checked, and renamed into place as a whole. */
export async function downloadNatives(
  folder: string,
  packages: readonly LockedPackage[],
  registry: string,
): Promise<void> {
  const temporary = `${folder}.${randomUUID()}`
  const modules = join(temporary, 'node_modules')
  try {
    for (const locked of packages) await unpack(await tarball(registry, locked), locked, join(modules, locked.name))
    const problem = await verifyNatives(modules, packages)
    if (problem !== null) throw new Error(problem)
    await rm(folder, { recursive: true, force: true })
    await rename(temporary, folder)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
