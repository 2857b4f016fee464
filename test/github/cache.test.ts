import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cache } from '@mlwright/domain'
import { githubPorts } from '@mlwright/github'
import { afterEach, expect, test } from 'vitest'
import type { GitHubDouble, RunOptions } from '../github-double/src/index.ts'
import { captureOutput, github, inEnvironment, temporaryFolder, withPull } from './fixture.ts'

const start = process.cwd()
afterEach(() => process.chdir(start))

/** The cache of one job, in a workspace of its own. */
async function job(double: GitHubDouble, options: Partial<RunOptions>): Promise<{ cache: Cache; workspace: string }> {
  const workspace = temporaryFolder()
  const environment = await double.environment({ event: 'push', folder: temporaryFolder(), workspace, ...options })
  inEnvironment(environment)
  captureOutput()
  process.chdir(workspace)
  return { cache: githubPorts({ environment, token: '' }).cache, workspace }
}

function write(workspace: string, content: string): string {
  const folder = join(workspace, '.mlwright/cache/abc')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.onnx'), content)
  return folder
}

test('restores on another machine what was saved under the key', async () => {
  const double = await github()
  await withPull(double)
  const first = await job(double, {})
  await first.cache.save('model-abc', write(first.workspace, 'weights'))
  const second = await job(double, {})
  const folder = join(second.workspace, '.mlwright/cache/abc')
  expect(await second.cache.restore('model-other', folder)).toBe(false)
  expect(await second.cache.restore('model-abc', folder)).toBe(true)
  expect(readFileSync(join(folder, 'model.onnx'), 'utf8')).toBe('weights')
})

test('takes no entry whose key only begins like this one', async () => {
  const double = await github()
  await withPull(double)
  const { cache, workspace } = await job(double, {})
  const folder = write(workspace, 'weights')
  await cache.save('model-abcdef', folder)
  rmSync(folder, { recursive: true })
  expect(await cache.restore('model-abc', folder)).toBe(false)
  expect(() => readFileSync(join(folder, 'model.onnx'))).toThrow('ENOENT')
})

test('a pull request reads what main saved, and main nothing of a pull request', async () => {
  const double = await github()
  await withPull(double)
  const main = await job(double, {})
  await main.cache.save('of-main', write(main.workspace, 'main'))
  const pull = await job(double, { event: 'pull_request', pull: 1 })
  const inPull = write(pull.workspace, 'pull')
  await pull.cache.save('of-pull', inPull)
  expect(await pull.cache.restore('of-pull', inPull)).toBe(true)
  expect(await pull.cache.restore('of-main', inPull)).toBe(true)
  const again = await job(double, {})
  expect(await again.cache.restore('of-pull', join(again.workspace, '.mlwright/cache/abc'))).toBe(false)
})

test('saving a key twice, or without a cache service, is no failure', async () => {
  const double = await github()
  await withPull(double)
  const { cache, workspace } = await job(double, {})
  const folder = write(workspace, 'weights')
  await cache.save('twice', folder)
  await cache.save('twice', folder)
  expect(double.state.caches).toHaveLength(1)
  inEnvironment({})
  const none = githubPorts({ environment: {}, token: '' }).cache
  await none.save('nowhere', folder)
  expect(await none.restore('nowhere', folder)).toBe(false)
})
