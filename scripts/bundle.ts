import { appendFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { actions } from '@mlwright/actions'

// Bundles what was built: `node scripts/lib/bundle.js [FOLDER]`; the folder is the repository unless it is given.

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const target = resolve(process.argv[2] ?? root)

interface Bundle {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Uint8Array }>>
}

type Ncc = (
  entry: string,
  options: { cache: boolean; quiet: boolean; externals: Readonly<Record<string, string>>; license: string },
) => Promise<Bundle>

const licenses = 'licenses.txt'
const ncc: Ncc = createRequire(import.meta.url)('@vercel/ncc')
const bundle = (entry: string, externals: Readonly<Record<string, string>> = {}) =>
  ncc(entry, { cache: false, quiet: true, externals, license: licenses })

/** Replaces a folder by a bundle, with a chunk for every lazy import. */
async function write({ code, assets }: Bundle, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.js'), code)
  for (const [name, { source }] of Object.entries(assets)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), source)
  }
}

/**
 * `@actions/core` imports undici for what few actions do. It stands beside the bundle, and `undici.js` loads it with the
 * first request or proxy; half of the toolkit's start would go into it otherwise.
 */
const lazyUndici = `import { createRequire } from 'node:module'

const undici = () => createRequire(import.meta.url)('./undici.cjs')
export const fetch = (...request) => undici().fetch(...request)
export function ProxyAgent(...options) {
  return new (undici().ProxyAgent)(...options)
}
`

const dist = join(target, 'dist')

/** Puts a package of another one into a file of its own beside the actions. */
async function besides(user: string, name: string, file: string, externals: Readonly<Record<string, string>> = {}) {
  const { code, assets } = await bundle(createRequire(join(root, user, 'package.json')).resolve(name), externals)
  await writeFile(join(dist, file), code)
  await appendFile(join(dist, licenses), `\n\n${assets[licenses]!.source}`)
}

await write(await bundle(join(root, 'actions/lib/main.js'), { undici: './undici.js' }), dist)
await besides('packages/github', 'undici', 'undici.cjs')
await writeFile(join(dist, 'undici.js'), lazyUndici)
const bindings = '@duckdb/node-bindings'
const { version } = createRequire(join(root, 'packages/engines/package.json'))(`${bindings}/package.json`)
await besides('packages/engines', '@duckdb/node-api', `duckdb-node-api-${version}.cjs`, { [bindings]: bindings })
for (const name of Object.keys(actions))
  await writeFile(join(dist, `${name}.js`), `import { main } from './index.js'\n\nawait main('${name}')\n`)
await write(await bundle(join(root, 'packages/cli/lib/main.js')), join(target, 'packages/cli/dist'))

const files = await readdir(dist)
process.stdout.write(`dist: ${files.length} files, with ${Object.keys(actions).join(', ')}\n`)
