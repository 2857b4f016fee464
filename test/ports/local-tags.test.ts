import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalTags } from '@mlwright/workspace'
import { describe, expect, test } from 'vitest'

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'mlwright-tags-'))
const identity = {
  GIT_AUTHOR_NAME: 'Alice',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'Alice',
  GIT_COMMITTER_EMAIL: 'a@example.com',
}

function repository() {
  const folder = temporaryFolder()
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, env: { ...process.env, ...identity }, encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  const commit = (message: string) => {
    git('commit', '--quiet', '--allow-empty', `--message=${message}`)
    return git('rev-parse', 'HEAD')
  }
  return { folder, git, commit, tags: new LocalTags(folder, { ...process.env, ...identity } as Record<string, string>) }
}

describe('tags of a local repository', () => {
  test('are none at first', async () => {
    expect(await repository().tags.list()).toEqual([])
  })

  test('are created once, annotated, and read back', async () => {
    const { tags, commit } = repository()
    const first = await commit('One')
    const second = await commit('Two')
    const tag = await tags.create({ name: 'churn#prod!#2', commit: first, message: '# Why\n\nBecause.' })
    expect(tag).toMatchObject({
      name: 'churn#prod!#2',
      commit: first,
      annotated: true,
      message: '# Why\n\nBecause.',
      tagger: 'Alice',
    })
    expect(Math.abs(tag!.at - Date.now() / 1000)).toBeLessThan(3600)
    expect(await tags.create({ name: 'churn#prod!#2', commit: second, message: 'Late' })).toBeNull()
    expect(await tags.list()).toEqual([tag])
  })

  test('are sorted by name, with lightweight and nested ones and without those of other objects', async () => {
    const { folder, tags, git, commit } = repository()
    const first = await commit('\n\nOne')
    await tags.create({ name: 'b', commit: first, message: 'Be' })
    git('tag', 'c')
    git('-c', 'advice.nestedTag=false', 'tag', '--annotate', '--message=Nested', 'a', 'b')
    git(
      'tag',
      'object',
      execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: folder, input: 'x', encoding: 'utf8' }).trim(),
    )
    expect(await tags.list()).toMatchObject([
      { name: 'a', commit: first, annotated: true, message: 'Nested' },
      { name: 'b', commit: first, annotated: true, message: 'Be' },
      { name: 'c', commit: first, annotated: false, at: 0, message: '', tagger: null },
    ])
  })

  test('are written without an editor, a signature or an identity of the user', async () => {
    const { folder, git, commit } = repository()
    const first = await commit('One')
    git('config', 'tag.gpgSign', 'true')
    git('config', 'tag.forceSignAnnotated', 'true')
    git('config', 'core.editor', 'false')
    git('config', 'user.useConfigOnly', 'true')
    const tags = new LocalTags(folder, { PATH: process.env.PATH!, HOME: folder })
    expect(await tags.create({ name: 'churn@v0.0.1', commit: first, message: 'One' })).toMatchObject({
      tagger: 'mlwright',
    })
  })

  test('say in the words of git why one cannot be written', async () => {
    const { tags, commit } = repository()
    const first = await commit('One')
    await expect(tags.create({ name: 'a..b', commit: first, message: 'No' })).rejects.toThrow(
      "git could not write the tag a..b: fatal: 'a..b' is not a valid tag name.",
    )
  })

  test('are complete in a shallow clone, which fetches them from its origin', async () => {
    const { folder, tags, git, commit } = repository()
    const first = await commit('One')
    await tags.create({ name: 'churn@v0.0.1', commit: first, message: 'One' })
    await commit('Two')
    const clone = temporaryFolder()
    git('clone', '--quiet', '--depth=1', '--no-tags', `file://${folder}`, clone)
    const shallow = new LocalTags(clone)
    expect(await shallow.list()).toEqual(await tags.list())
    expect(await shallow.list()).toHaveLength(1)
  })

  test('of a shallow clone leave its history as deep as it was, and one that its origin has moved as it was', async () => {
    const { folder, tags, git, commit } = repository()
    const commits = []
    for (const message of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) commits.push(await commit(message))
    const [first, second, , fourth] = commits
    await tags.create({ name: 'churn@v0.0.1', commit: first!, message: 'One' })
    await tags.create({ name: 'churn@v0.0.2', commit: fourth!, message: 'Four' })
    const clone = temporaryFolder()
    const inClone = (...args: string[]) => execFileSync('git', args, { cwd: clone, encoding: 'utf8' }).trim()
    git('clone', '--quiet', '--depth=4', '--no-tags', `file://${folder}`, clone)
    const read = async () =>
      (await new LocalTags(clone).stamps()).map(({ name, commit }) => [name, commits.indexOf(commit)])
    expect(await read()).toEqual([
      ['churn@v0.0.1', 0],
      ['churn@v0.0.2', 3],
    ])
    expect(inClone('rev-list', '--count', 'HEAD')).toBe('4')
    git('tag', '--force', '--annotate', '--message=Moved', 'churn@v0.0.1', second!)
    await tags.create({ name: 'churn@v0.0.3', commit: commits[4]!, message: 'Five' })
    expect(await read()).toEqual([
      ['churn@v0.0.1', 0],
      ['churn@v0.0.2', 3],
      ['churn@v0.0.3', 4],
    ])
  })

  test('are stamped without their words: annotated ones only, as they are listed', async () => {
    const { folder, tags, git, commit } = repository()
    const first = await commit('One')
    await tags.create({ name: 'churn@v0.0.1', commit: first, message: 'One\n\nwith words' })
    git('-c', 'advice.nestedTag=false', 'tag', '--annotate', '--message=Nested', 'nested', 'churn@v0.0.1')
    git('tag', 'lightweight')
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: folder, input: 'x', encoding: 'utf8' })
    git('tag', '--annotate', '--message=Bytes', 'bytes', blob.trim())
    const listed = (await tags.list()).filter(({ annotated }) => annotated)
    expect(await tags.stamps()).toEqual(
      listed.map(({ name, commit, annotated, at }) => ({ name, commit, annotated, at })),
    )
    expect(listed.map(({ name }) => name)).toEqual(['churn@v0.0.1', 'nested'])
  })

  test('are read from a folder and a worktree of a shallow clone too', async () => {
    const { folder, tags, git, commit } = repository()
    await tags.create({ name: 'churn@v0.0.1', commit: await commit('One'), message: 'One' })
    await commit('Two')
    for (const below of ['sub', 'tree']) {
      const clone = temporaryFolder()
      git('clone', '--quiet', '--depth=1', '--no-tags', `file://${folder}`, clone)
      if (below === 'sub') mkdirSync(join(clone, below))
      else execFileSync('git', ['worktree', 'add', '--quiet', below], { cwd: clone, stdio: 'ignore' })
      expect(await new LocalTags(join(clone, below)).stamps()).toHaveLength(1)
    }
  })

  test('say in one sentence what to do where git cannot read them', async () => {
    const outside = temporaryFolder()
    const alone = new LocalTags(outside, { PATH: process.env.PATH!, GIT_CEILING_DIRECTORIES: tmpdir(), LC_ALL: 'C' })
    await expect(alone.list()).rejects.toThrow(`${outside} is in no git repository; go to one, or make it one`)

    const { folder, tags, git, commit } = repository()
    await commit('One')
    await commit('Two')
    writeFileSync(join(folder, '.git/refs/tags/churn@v9.0.0'), `${'1'.repeat(40)}\n`)
    await expect(tags.stamps()).rejects.toThrow(
      "The tag churn@v9.0.0 names the object 1111111, which is not in this repository; delete it with `git tag -d 'churn@v9.0.0'`",
    )
    git('tag', '-d', 'churn@v9.0.0')
    expect(await tags.stamps()).toEqual([])

    const clone = temporaryFolder()
    git('clone', '--quiet', '--depth=1', '--no-tags', `file://${folder}`, clone)
    execFileSync('git', ['remote', 'set-url', 'origin', 'file:///nowhere'], { cwd: clone })
    await expect(new LocalTags(clone).list()).rejects.toThrow(
      /^This clone is shallow, and what it lacks cannot be fetched from its origin \(.*\); go online, or clone without `--depth`\.$/,
    )
    await expect(new LocalTags(folder, { PATH: outside }).list()).rejects.toThrow('git is not installed')
  })
})
