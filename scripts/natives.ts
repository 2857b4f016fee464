import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createGunzip } from 'node:zlib'
import { type LockedPackage, type NativesLock, readTar } from '@mlwright/engines'

// Writes the natives' lockfile of a release: `node scripts/lib/natives.js [--out FILE] [--platform linux-x64]...`.
// Versions and integrity come from package-lock.json; npm fetches each tarball, so that its files can be digested.

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const platforms = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm64',
  'linux-arm64-musl',
  'linux-x64',
  'linux-x64-musl',
  'win32-arm64',
  'win32-x64',
]
/** onnxruntime is built for these only. */
const onnxPlatforms = ['darwin-arm64', 'linux-arm64', 'linux-x64', 'win32-arm64', 'win32-x64']

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'dist/natives.json' }, platform: { type: 'string', multiple: true } },
})
const lockfile = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version: string; integrity?: string }>
}
const folder = await mkdtemp(join(tmpdir(), 'mlwright-natives-'))
const digests = new Map<string, Promise<Record<string, string>>>()

/** Every file of a package that can matter when it runs, with its SHA-256. */
async function filesOf(name: string, version: string, integrity: string): Promise<Record<string, string>> {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', `${name}@${version}`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    }),
  ) as [{ filename: string }]
  const path = join(folder, packed.filename)
  const bytes = await readFile(path)
  await rm(path)
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
  if (found !== integrity) throw new Error(`${name}@${version} is not what package-lock.json names`)
  const files: Record<string, string> = {}
  const wanted = (file: string) => /\.(c?js|json|node|so(\.\d+)*|dylib|dll)$|\/LICENSE[^/]*$/.test(file)
  for await (const { path, body } of readTar(Readable.from([bytes]).pipe(createGunzip()), wanted))
    files[path.replace(/^[^/]+\//, '')] = createHash('sha256').update(body).digest('hex')
  return files
}

async function locked(name: string, keep: (path: string) => boolean = () => true): Promise<LockedPackage> {
  const entry = lockfile.packages[`node_modules/${name}`]
  if (!entry?.integrity) throw new Error(`package-lock.json does not name ${name}`)
  const { version, integrity } = entry
  const files = digests.get(name) ?? filesOf(name, version, integrity)
  digests.set(name, files)
  const kept = Object.entries(await files).filter(([path]) => keep(path))
  return { name, version, integrity, files: Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1))) }
}

const registry = execFileSync('npm', ['config', 'get', 'registry'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
}).trim()
const lock: {
  kind: 'Natives'
  version: 1
  registry: string
  platforms: Record<string, NativesLock['platforms'][string]>
} = {
  kind: 'Natives',
  version: 1,
  registry,
  platforms: {},
}
for (const platform of values.platform ?? platforms) {
  const own = (path: string) =>
    !path.startsWith('bin/') || path.startsWith(`bin/napi-v6/${platform.replace('-', '/')}/`)
  lock.platforms[platform] = {
    duckdb: [
      await locked('@duckdb/node-api'),
      await locked('@duckdb/node-bindings'),
      await locked(`@duckdb/node-bindings-${platform}`),
      await locked('detect-libc'),
    ],
    onnxruntime: onnxPlatforms.includes(platform)
      ? [
          await locked('onnxruntime-node', (path) => own(path) && !path.startsWith('script/')),
          await locked('onnxruntime-common', (path) => !path.startsWith('dist/esm/')),
        ]
      : [],
  }
}
await rm(folder, { recursive: true, force: true })
await writeFile(join(root, values.out), `${JSON.stringify(lock, null, 1)}\n`)
process.stdout.write(`${values.out}: ${Object.keys(lock.platforms).join(', ')}\n`)
