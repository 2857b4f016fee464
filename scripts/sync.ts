import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { renderActionYml, renderReadme } from '@mlwright/action'
import { actions } from '@mlwright/actions'
import { configJsonSchema } from '@mlwright/domain'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

async function read(path: string): Promise<string> {
  return existsSync(join(root, path)) ? readFile(join(root, path), 'utf8') : ''
}

/** Every file that follows from a definition, by its path. */
async function derived(): Promise<Map<string, string>> {
  const files = new Map([['schema/mlwright.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`]])
  for (const [name, load] of Object.entries(actions)) {
    const { default: definition } = await load()
    const front = name === 'mlwright'
    const folder = front ? '' : `actions/${name}/`
    const branding = { icon: 'git-pull-request', color: 'purple' } as const
    files.set(
      `${folder}action.yml`,
      renderActionYml(definition, { main: front ? 'dist/mlwright.js' : `../../dist/${name}.js`, branding }),
    )
    const readme = front ? 'actions/mlwright/README.md' : `${folder}README.md`
    files.set(readme, renderReadme(await read(readme), definition))
  }
  for (const name of await readdir(join(root, 'reusable')))
    files.set(`.github/workflows/${name}`, await read(`reusable/${name}`))
  files.set('examples/telco-churn/.github/workflows/experiment.yml', await read('workflows/experiment.yml'))
  const names = ['experiment.yml', 'release.yml', 'promote.yml', 'monitor.yml']
  const texts = await Promise.all(names.map((name) => read(`workflows/${name}`)))
  const starters = names.map((name, at) => `  '${name}': ${JSON.stringify(texts[at])},\n`)
  files.set(
    'actions/init/starter-workflows.generated.ts',
    `// Generated from workflows/ by \`npm run sync\`.\n/** The workflows that a new project starts with, by file name. */\nexport const starterWorkflows: Readonly<Record<string, string>> = {\n${starters.join('')}}\n`,
  )
  return files
}

const check = process.argv.includes('--check')
const stale: string[] = []
for (const [path, content] of await derived()) {
  if ((await read(path)) === content) continue
  stale.push(path)
  if (check) continue
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content)
}
if (stale.length > 0)
  process.stdout.write(`${check ? 'Out of date (run `npm run sync`)' : 'Written'}: ${stale.join(', ')}\n`)
if (check && stale.length > 0) process.exitCode = 1
