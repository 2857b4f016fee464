import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { actions } from '@mlwright/actions'
import { transform } from 'esbuild'

// Bundles what was built: `node scripts/lib/bundle.js [FOLDER]`; the folder is the repository unless it is given.

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const target = resolve(process.argv[2] ?? root)

interface Bundle {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Uint8Array }>>
}

type Ncc = (
  entry: string,
  options: {
    cache: boolean
    quiet: boolean
    externals: Readonly<Record<string, string>>
    license: string
    minify: boolean
  },
) => Promise<Bundle>

const licenses = 'licenses.txt'
const ncc: Ncc = createRequire(import.meta.url)('@vercel/ncc')
const bundle = (entry: string, externals: Readonly<Record<string, string>> = {}, minify = false) =>
  ncc(entry, { cache: false, quiet: true, externals, license: licenses, minify })

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

/** Halves what every job of every user downloads; names stay, so that a stack trace can be read. */
async function shrink(folder: string): Promise<void> {
  const paths = await readdir(folder, { recursive: true })
  for (const path of paths.filter((name) => /\.c?js$/.test(name)).map((name) => join(folder, name))) {
    const options = { minifySyntax: true, minifyWhitespace: true, legalComments: 'none', target: 'node20' } as const
    await writeFile(path, (await transform(await readFile(path, 'utf8'), options)).code)
  }
}

/** `@actions/core` brings an HTTP client for OIDC tokens, half of what an action starts with; here it waits for the first token. */
const lazyOidc = `export class OidcClient {
  static async getIDToken(audience) {
    const { OidcClient } = await import('./oidc-client.js')
    return OidcClient.getIDToken(audience)
  }
}
`

const dist = join(target, 'dist')

await write(await bundle(join(root, 'actions/lib/main.js'), { './oidc-utils.js': './oidc-utils.js' }), dist)
const oidc = await bundle(fileURLToPath(new URL('./oidc-utils.js', import.meta.resolve('@actions/core'))))
await writeFile(join(dist, 'oidc-client.js'), oidc.code)
await writeFile(join(dist, 'oidc-utils.js'), lazyOidc)
await appendFile(join(dist, licenses), `\n\n${oidc.assets[licenses]!.source}`)
const bindings = '@duckdb/node-bindings'
const engines = createRequire(join(root, 'packages/engines/package.json'))
const { version } = engines(`${bindings}/package.json`)
const duckdb = await bundle(engines.resolve('@duckdb/node-api'), { [bindings]: bindings }, true)
await writeFile(join(dist, `duckdb-node-api-${version}.cjs`), duckdb.code)
await appendFile(join(dist, licenses), `\n\n${duckdb.assets[licenses]!.source}`)
for (const name of Object.keys(actions))
  await writeFile(join(dist, `${name}.js`), `import { main } from './index.js'\n\nawait main('${name}')\n`)
await write(await bundle(join(root, 'packages/cli/lib/main.js')), join(target, 'packages/cli/dist'))

// The server of the images that `package` makes, beside each program that makes them.
const serving = await bundle(join(root, 'packages/serving/lib/main.js'))
const { dependencies } = JSON.parse(await readFile(join(root, 'packages/serving/package.json'), 'utf8'))
const others = Object.keys(dependencies).filter((name) => !name.startsWith('@mlwright/'))
const components = others.map((name) => {
  const { version, license } = createRequire(join(root, 'packages/serving/package.json'))(`${name}/package.json`)
  return { name, version, license }
})
for (const folder of [dist, join(target, 'packages/cli/dist')]) {
  await write(serving, join(folder, 'serving'))
  // For the bill of materials of those images.
  await writeFile(join(folder, 'serving/components.json'), `${JSON.stringify(components)}\n`)
}

for (const folder of [dist, join(target, 'packages/cli/dist')]) await shrink(folder)

const files = await readdir(dist)
process.stdout.write(`dist: ${files.length} files, with ${Object.keys(actions).join(', ')}\n`)
