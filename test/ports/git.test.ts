import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MemoryFiles, MemoryGit } from '@mlwright/action'
import type { Git } from '@mlwright/domain'
import { LocalGit } from '@mlwright/workspace'
import { describe, expect, test } from 'vitest'

interface Subject {
  readonly git: Git
  /** first ← second (main, HEAD) and first ← side. */
  readonly first: string
  readonly second: string
  readonly side: string
}

function onThisMachine(): Subject & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-git-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
  const commit = (content: string) => {
    mkdirSync(join(folder, 'data'), { recursive: true })
    writeFileSync(join(folder, 'data/a.csv'), content)
    git('add', '.')
    git('commit', '--quiet', '-m', content)
    return git('rev-parse', 'HEAD')
  }
  git('init', '--quiet', '-b', 'main')
  const first = commit('one\n')
  git('checkout', '--quiet', '-b', 'side')
  const side = commit('side\n')
  git('checkout', '--quiet', 'main')
  const second = commit('two\n')
  return { git: new LocalGit(folder), first, second, side, folder }
}

function inMemory(): Subject {
  const [first, second, side] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]
  const git = new MemoryGit(new MemoryFiles({ 'data/a.csv': 'two\n' }), {
    head: { commit: second, branch: 'main', author: 'Alice' },
    branches: { main: second, side },
    commits: {
      [first]: { parents: [], files: { 'data/a.csv': 'one\n' } },
      [second]: { parents: [first], files: { 'data/a.csv': 'two\n' } },
      [side]: { parents: [first], files: { 'data/a.csv': 'side\n' } },
    },
  })
  return { git, first, second, side }
}

const subjects = [
  ['in memory', inMemory],
  ['on this machine', onThisMachine],
] as const

describe.each(subjects)('a working copy %s', (_, start) => {
  test('knows where it stands and what it tracks', async () => {
    const { git, second } = start()
    expect(await git.head()).toEqual({ commit: second, branch: 'main', dirty: false, author: 'Alice', prefix: '' })
    expect(await git.tracked()).toEqual(['data/a.csv'])
  })

  test('names the content of files as git does', async () => {
    const { git } = start()
    // printf 'two\n' | git hash-object --stdin -> f719efd430d52bcfc8566a43b2eb655688d38871
    expect(await git.blobs(['data/a.csv', 'data/a.csv'])).toEqual(
      Array(2).fill('f719efd430d52bcfc8566a43b2eb655688d38871'),
    )
    expect(await git.blobs([])).toEqual([])
  })

  test('knows parents and common ancestors, and null for a commit that is not here', async () => {
    const { git, first, second, side } = start()
    expect(await git.parents(second)).toEqual([first])
    expect(await git.parents(first)).toEqual([])
    expect(await git.parents('f'.repeat(40))).toBeNull()
    expect(await git.mergeBase('main', side)).toBe(first)
    expect(await git.mergeBase(first, 'HEAD')).toBe(first)
    expect(await git.mergeBase('f'.repeat(40), 'HEAD')).toBeNull()
  })

  test('checks another commit out beside itself', async () => {
    const { git, side } = start()
    const seen = await git.worktree(side, async (copy) => {
      expect(copy.files.absolute('data')).toBe(join(copy.folder, 'data'))
      expect((await copy.git.head()).commit).toBe(side)
      return new TextDecoder().decode((await copy.files.read('data/a.csv'))!)
    })
    expect(seen).toBe('side\n')
    await expect(git.worktree('f'.repeat(40), async () => 1)).rejects.toMatchObject({ code: 'GIT_FAILED' })
  })
})

test('names a large file as git does, whatever git makes of it', async () => {
  const { git, folder } = onThisMachine()
  const bytes = Buffer.alloc(5 * 2 ** 20, 'a,b\r\n')
  for (const name of ['plain.csv', 'text.csv', 'lines\nof.csv']) writeFileSync(join(folder, name), bytes)
  const ofGit = (name: string) => execFileSync('git', ['hash-object', name], { cwd: folder, encoding: 'utf8' }).trim()
  const asGit = async () => {
    expect(await git.blobs(['text.csv', 'plain.csv', 'lines\nof.csv'])).toEqual(
      ['text.csv', 'plain.csv', 'lines\nof.csv'].map(ofGit),
    )
    return ofGit('plain.csv')
  }
  const whole = await asGit()
  writeFileSync(join(folder, '.gitattributes'), 'text.csv text\n')
  expect(ofGit('text.csv')).not.toBe(whole)
  expect(await asGit()).toBe(whole)
  execFileSync('git', ['config', 'core.autocrlf', 'input'], { cwd: folder })
  expect(await git.blobs(['plain.csv'])).toEqual([ofGit('plain.csv')])
  expect(ofGit('plain.csv')).not.toBe(whole)
})

test('a folder below the top of a repository names its files as git does, by its own attributes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-git-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
  const service = join(folder, 'services/churn')
  mkdirSync(join(service, 'data'), { recursive: true })
  writeFileSync(join(service, '.gitattributes'), '*.csv text eol=crlf\n')
  writeFileSync(join(service, 'data/a.csv'), 'two\r\n')
  writeFileSync(join(service, 'data/large.csv'), Buffer.alloc(5 * 2 ** 20, 'a,b\r\n'))
  git('init', '--quiet', '-b', 'main')
  git('add', '.')
  git('commit', '--quiet', '-m', 'One')
  const here = new LocalGit(service)
  expect(await here.head()).toMatchObject({ dirty: false, prefix: 'services/churn/' })
  const paths = ['data/a.csv', 'data/large.csv']
  const stored = paths.map((path) => git('rev-parse', `HEAD:services/churn/${path}`))
  expect(stored[0]).toBe('f719efd430d52bcfc8566a43b2eb655688d38871')
  expect(await here.blobs(paths)).toEqual(stored)
  expect(await here.blobs(paths.map((path) => join(service, path)))).toEqual(stored)
  expect(await here.worktree('HEAD', ({ git: copy }) => copy.blobs(['data/a.csv']))).toHaveLength(1)
})
