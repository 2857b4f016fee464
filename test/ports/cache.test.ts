import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryCache } from '@mlwright/action'
import type { Cache } from '@mlwright/domain'
import { githubPorts } from '@mlwright/github'
import { FolderCache } from '@mlwright/workspace'
import { afterEach, describe, expect, test } from 'vitest'
import { captureOutput, github, inEnvironment, temporaryFolder } from '../github/fixture.ts'

interface Subject {
  readonly cache: Cache
  readonly folder: string
}

const start = process.cwd()
afterEach(() => process.chdir(start))

async function onGitHub(): Promise<Subject> {
  const double = await github()
  const workspace = temporaryFolder()
  const environment = await double.environment({ event: 'push', folder: temporaryFolder(), workspace })
  inEnvironment(environment)
  captureOutput()
  process.chdir(workspace)
  return { cache: githubPorts({ environment, token: '' }).cache, folder: join(workspace, '.mlwright/cache/abc') }
}

const subjects: readonly (readonly [string, () => Promise<Subject>])[] = [
  ['in memory', async () => ({ cache: new MemoryCache(), folder: join(temporaryFolder(), 'abc') })],
  ['in a folder', async () => ({ cache: new FolderCache(temporaryFolder()), folder: join(temporaryFolder(), 'abc') })],
  ['on GitHub', onGitHub],
]

function write(folder: string, content: string): void {
  mkdirSync(join(folder, 'deep'), { recursive: true })
  writeFileSync(join(folder, 'deep/model.onnx'), content)
}

describe.each(subjects)('a cache %s', (_, begin) => {
  test('restores what was saved under exactly this key', async () => {
    const { cache, folder } = await begin()
    write(folder, 'weights')
    await cache.save('model-abcdef', folder)
    rmSync(folder, { recursive: true })
    expect(await cache.restore('model-abc', folder)).toBe(false)
    expect(await cache.restore('model-abcdef', folder)).toBe(true)
    expect(readFileSync(join(folder, 'deep/model.onnx'), 'utf8')).toBe('weights')
  })

  test('keeps the first that was saved under a key', async () => {
    const { cache, folder } = await begin()
    write(folder, 'first')
    await cache.save('key', folder)
    write(folder, 'second')
    await cache.save('key', folder)
    rmSync(folder, { recursive: true })
    await cache.restore('key', folder)
    expect(readFileSync(join(folder, 'deep/model.onnx'), 'utf8')).toBe('first')
  })
})
