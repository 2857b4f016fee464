import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { version } from '@mlwright/domain'
import { releaseTree } from './release-tree.ts'

// Tags the slim tree: `npm run release` makes vX.Y.Z and moves vX in this clone; `-- --push` pushes both; `-- --branch edge`
// commits the tree to a branch instead. The commit is detached: main never holds dist.

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const { values } = parseArgs({ options: { push: { type: 'boolean', default: false }, branch: { type: 'string' } } })
const folder = await mkdtemp(join(tmpdir(), 'mlwright-release-'))
const token = process.env.GITHUB_TOKEN

/** The token travels in the environment, where no other process's arguments show it. */
const credentials = token
  ? {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraheader',
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
    }
  : {}

const git = (args: readonly string[], environment: Record<string, string> = {}) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', env: { ...process.env, ...environment } }).trim()

try {
  const tree = join(folder, 'tree')
  await releaseTree(root, tree)
  const index = { GIT_INDEX_FILE: join(folder, 'index'), GIT_WORK_TREE: tree }
  git(['add', '--all', '--force', '.'], index)
  const source = git(['rev-parse', 'HEAD'])
  const name = `v${version}`
  const commit = git([
    'commit-tree',
    git(['write-tree'], index),
    '-m',
    `${values.branch ?? name}, built from ${source}`,
  ])
  const refs = values.branch
    ? [`refs/heads/${values.branch}`]
    : [`refs/tags/${name}`, `refs/tags/${name.split('.')[0]}`]
  if (!values.branch && git(['tag', '--list', name]) !== '')
    throw new Error(`The tag ${name} exists; a version is released once. Raise the version first.`)
  for (const ref of refs) git(['update-ref', ref, commit])
  if (values.push) git(['push', '--force-with-lease', 'origin', ...refs.map((ref) => `${ref}:${ref}`)], credentials)
  process.stdout.write(`${refs.join(', ')}: ${commit}\n`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
