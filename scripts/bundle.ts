import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { actions } from '@mlwright/actions'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

interface Bundle {
  readonly code: string
  readonly assets: Readonly<Record<string, { readonly source: string | Uint8Array }>>
}

type Ncc = (
  entry: string,
  options: { cache: boolean; quiet: boolean; externals: string[]; license?: string },
) => Promise<Bundle>

/** Bundles one entry, with a chunk for every lazy import, into a folder. */
async function bundle(entry: string, folder: string): Promise<void> {
  const ncc: Ncc = createRequire(import.meta.url)('@vercel/ncc')
  const { code, assets } = await ncc(join(root, entry), {
    cache: false,
    quiet: true,
    externals: [],
    license: 'licenses.txt',
  })
  await rm(join(root, folder), { recursive: true, force: true })
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, folder, 'index.js'), code)
  for (const [name, { source }] of Object.entries(assets)) {
    await mkdir(dirname(join(root, folder, name)), { recursive: true })
    await writeFile(join(root, folder, name), source)
  }
}

await bundle('actions/lib/main.js', 'dist')
for (const name of Object.keys(actions))
  await writeFile(join(root, 'dist', `${name}.js`), `import { main } from './index.js'\n\nawait main('${name}')\n`)
await bundle('packages/cli/lib/main.js', 'packages/cli/dist')

const files = await readdir(join(root, 'dist'))
process.stdout.write(`dist: ${files.length} files, with ${Object.keys(actions).join(', ')} (${basename(root)})\n`)
