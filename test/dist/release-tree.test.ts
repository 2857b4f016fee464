import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { releaseTree } from '../../scripts/release-tree.ts'
import { root } from './bundled-step.ts'
import { temporaryFolder } from './example-repository.ts'

const built = existsSync(join(root, 'dist/index.js'))

describe.skipIf(!built)('the tree of a release tag (skipped until `npm run build` has made dist)', () => {
  test('stays under 10 MB, since every job of every user downloads it, and holds no source', async () => {
    const folder = join(temporaryFolder(), 'tree')
    await releaseTree(root, folder)
    const paths = readdirSync(folder, { recursive: true }).map(String)
    const files = paths.filter((path) => statSync(join(folder, path)).isFile())
    const bytes = files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)
    expect(bytes).toBeLessThan(10_000_000)
    expect(files.filter((path) => path.endsWith('.ts'))).toEqual([])
    expect(files).toContain(join('actions', 'register', 'action.yml'))
  })
})
