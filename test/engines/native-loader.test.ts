import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { type LockedPackage, type NativesLock, nativeLoader, readTar } from '@mlwright/engines'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const work = await mkdtemp(join(tmpdir(), 'mlwright-natives-'))
const requests: string[] = []
const tarballs = new Map<string, Buffer>()
const server = createServer((request, response) => {
  requests.push(request.url!)
  const body = tarballs.get(request.url!)
  response.writeHead(body ? 200 : 404).end(body)
})
let registry = ''

/** Packs a package as npm would, publishes it on loopback, and locks it. */
async function publish(name: string, files: Record<string, string>, keep = Object.keys(files)): Promise<LockedPackage> {
  const folder = join(work, 'pack', name)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, 'package', path)), { recursive: true })
    await writeFile(join(folder, 'package', path), content)
  }
  const file = join(work, `${name.replaceAll('/', '-')}.tgz`)
  execFileSync('tar', ['-czf', file, '-C', folder, 'package'])
  const bytes = await readFile(file)
  tarballs.set(`/${name}/-/${name.replace(/^.*\//, '')}-1.2.3.tgz`, bytes)
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')
  return {
    name,
    version: '1.2.3',
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    files: Object.fromEntries(keep.map((path) => [path, sha(files[path]!)])),
  }
}

let lock: NativesLock
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const onnxruntime = [
    await publish(
      'onnxruntime-node',
      {
        'package.json': '{"main":"dist/index.js"}',
        'dist/index.js': "module.exports = { from: 'the registry', common: require('onnxruntime-common') }",
        'bin/other-platform.node': 'x'.repeat(5000),
      },
      ['package.json', 'dist/index.js'],
    ),
    await publish('onnxruntime-common', { 'index.js': 'module.exports = 42' }),
  ]
  const { platform, arch } = process
  const groups = { onnxruntime, duckdb: [] }
  lock = {
    kind: 'Natives',
    version: 1,
    platforms: { [`${platform}-${arch}`]: groups, [`${platform}-${arch}-musl`]: groups },
  }
})
afterAll(() => {
  server.close()
})

let toolCache: string
beforeEach(async () => {
  toolCache = await mkdtemp(join(work, 'tool-cache-'))
  requests.length = 0
})
const fromCache = (changed: NativesLock = lock) =>
  nativeLoader({ toolCache, lock: async () => changed, registry })('onnxruntime-node') as Promise<unknown>
const cached = async (path: string) =>
  join(toolCache, 'mlwright-natives', (await readdir(join(toolCache, 'mlwright-natives')))[0]!, 'node_modules', path)

describe('nativeLoader', () => {
  it('takes the folder that is named before its own node_modules', async () => {
    const folder = join(work, 'named')
    await mkdir(join(folder, 'node_modules/onnxruntime-node'), { recursive: true })
    await writeFile(join(folder, 'node_modules/onnxruntime-node/index.js'), "module.exports = 'named'")
    const load = nativeLoader({ folder, own: import.meta.url, toolCache, lock: async () => lock, registry })
    expect(await load('onnxruntime-node')).toBe('named')
    expect(await load('@duckdb/node-api')).toHaveProperty('DuckDBInstance')
    expect(requests).toEqual([])
  })

  it("takes DuckDB's JavaScript from one file beside the program, if its version is that of the bindings", async () => {
    const bindings = join(work, 'program/node_modules/@duckdb/node-bindings')
    const api = join(work, 'program/node_modules/@duckdb/node-api')
    for (const folder of [bindings, api]) await mkdir(folder, { recursive: true })
    await writeFile(join(bindings, 'package.json'), '{"version":"1.5.5-r.5","main":"index.js"}')
    await writeFile(join(bindings, 'index.js'), "module.exports = 'bindings'")
    await writeFile(join(api, 'index.js'), "module.exports = 'a hundred files'")
    const own = join(work, 'program/main.js')
    const text = "module.exports = { from: __filename, bindings: require('@duckdb/node-bindings') }"
    await writeFile(join(work, 'program/duckdb-node-api-1.5.5-r.4.cjs'), text)
    expect(await nativeLoader({ own })('@duckdb/node-api')).toBe('a hundred files')
    const file = join(work, 'program/duckdb-node-api-1.5.5-r.5.cjs')
    await writeFile(file, text)
    expect(await nativeLoader({ own })('@duckdb/node-api')).toEqual({ from: file, bindings: 'bindings' })
  })

  it('downloads what the lock names, only the files that it names, and only once', async () => {
    expect(await fromCache()).toEqual({ from: 'the registry', common: 42 })
    expect(requests).toEqual([
      '/onnxruntime-node/-/onnxruntime-node-1.2.3.tgz',
      '/onnxruntime-common/-/onnxruntime-common-1.2.3.tgz',
    ])
    expect(await readdir(await cached('onnxruntime-node'))).toEqual(['dist', 'package.json'])
    expect(await fromCache()).toHaveProperty('from')
    expect(requests.length).toBe(2)
    expect(await readdir(join(toolCache, 'mlwright-natives'))).toHaveLength(1)
  })

  it.each([
    ['changed', (path: string) => writeFile(path, 'module.exports = 666')],
    ['removed', (path: string) => rm(path)],
    ['joined by another', (path: string) => writeFile(`${path}on`, '{}')],
  ])('downloads again when a file in the tool cache was %s', async (_, change) => {
    await fromCache()
    await change(await cached('onnxruntime-common/index.js'))
    requests.length = 0
    await fromCache()
    expect(requests.length).toBe(2)
    expect(await readFile(await cached('onnxruntime-common/index.js'), 'utf8')).toBe('module.exports = 42')
    expect(await readdir(await cached('onnxruntime-common'))).toEqual(['index.js'])
  })

  it('refuses a tarball that is not the one of the lock, and leaves nothing behind', async () => {
    const platforms = Object.fromEntries(
      Object.entries(lock.platforms).map(([name, groups]) => [
        name,
        { ...groups, onnxruntime: groups.onnxruntime.map((entry) => ({ ...entry, integrity: 'sha512-other' })) },
      ]),
    )
    await expect(fromCache({ ...lock, platforms })).rejects.toMatchObject({
      code: 'NATIVES_MISSING',
      message: expect.stringContaining('is not the file that this release names'),
    })
    expect(await readdir(join(toolCache, 'mlwright-natives')).catch(() => [])).toEqual([])
  })

  it('says where it looked and how to repair it', async () => {
    await expect(nativeLoader({ folder: join(work, 'nowhere') })('onnxruntime-node')).rejects.toMatchObject({
      code: 'NATIVES_MISSING',
      message: expect.stringMatching(
        /^onnxruntime-node cannot be loaded .*npm install @duckdb\/node-api onnxruntime-node.*MLWRIGHT_NATIVES/,
      ),
    })
    await expect(
      nativeLoader({ toolCache, lock: async () => ({ ...lock, platforms: {} }) })('onnxruntime-node'),
    ).rejects.toThrow(/there are no natives for/)
  })
})

describe('readTar', () => {
  it.each(['ustar', 'pax', 'gnu'])('reads what tar writes as %s, long names and odd sizes included', async (format) => {
    const names = ['a.txt', `${'long/'.repeat(19)}${'n'.repeat(90)}.txt`, 'empty', 'block']
    const folder = join(work, format)
    for (const [index, name] of names.entries()) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), index === 2 ? '' : 'b'.repeat(index === 3 ? 1024 : 700 + index))
    }
    execFileSync('tar', [`--format=${format}`, '-czf', `${folder}.tgz`, '-C', folder, '.'])
    const found = new Map<string, number>()
    const stream = createReadStream(`${folder}.tgz`, { highWaterMark: 100 }).pipe(createGunzip())
    for await (const { path, body } of readTar(stream, (path) => !path.endsWith('a.txt')))
      found.set(path.replace(/^\.\//, ''), body.length)
    expect(found).toEqual(
      new Map([
        [names[1], 701],
        ['empty', 0],
        ['block', 1024],
      ]),
    )
  })

  it('says when an archive is cut off', async () => {
    async function* cut() {
      yield new Uint8Array(execFileSync('tar', ['-cf', '-', '-C', join(work, 'pax'), 'block'])).subarray(0, 900)
    }
    await expect(async () => {
      for await (const _ of readTar(cut(), () => true));
    }).rejects.toThrow('the archive ends within block')
  })
})
