import { execFileSync } from 'node:child_process'
import { chmodSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LocalRefs } from '@mlwright/workspace'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../github/fixture.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('a branch that starts at a commit keeps its programs, links and the working copy as they are', async () => {
  const folder = temporaryFolder()
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, 'train.sh'), 'echo\n')
  chmodSync(join(folder, 'train.sh'), 0o755)
  symlinkSync('train.sh', join(folder, 'link'))
  git('add', '.')
  git('-c', 'user.name=alice', '-c', 'user.email=alice@example.com', 'commit', '--quiet', '-m', 'One')
  const onto = git('rev-parse', 'HEAD')
  const changes = new Map([['models/churn/stages.yml', bytes('production: v1\n')]])
  const commit = await new LocalRefs(folder).commit('mlwright/promote/churn-production', 'Promote', changes, { onto })
  expect(git('diff-tree', '-r', '--name-status', onto, commit)).toBe('A\tmodels/churn/stages.yml')
  expect(git('show', '-s', '--format=%s|%P', commit)).toBe(`Promote|${onto}`)
  expect(git('status', '--porcelain')).toBe('')
})
