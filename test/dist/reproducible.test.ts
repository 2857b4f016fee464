import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './bundled-step.ts'
import { temporaryFolder } from './example-repository.ts'

const folders = ['dist', 'packages/cli/dist']
const compiled = ['actions/lib', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/lib`)]

const changed = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
const below = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith('.js'))
const newest = Math.max(...compiled.filter(changed).flatMap(below).map(changed))
const current = changed('dist/index.js') > newest

/** SHA-256 of every file of the bundles by path; the lock of the natives comes with a release only. */
function digests(top: string): Record<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((path) => statSync(join(top, path)).isFile()),
  )
  const digest = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(top, path)))
      .digest('hex')
  return Object.fromEntries(files.filter((path) => !path.endsWith('natives.json')).map((path) => [path, digest(path)]))
}

describe.skipIf(!current)('the bundles (skipped where `npm run build` did not come last)', () => {
  test('have the same bytes when they are built again', { timeout: 180_000 }, () => {
    const folder = temporaryFolder()
    execFileSync(process.execPath, [join(root, 'scripts/lib/bundle.js'), folder], { stdio: 'pipe' })
    expect(digests(folder)).toEqual(digests(root))
  })
})
