import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
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
})
