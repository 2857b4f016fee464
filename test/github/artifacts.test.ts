import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitHubPorts, githubPorts } from '@mlwright/github'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type GitHubDouble, type Permissions, startGitHub } from '../github-double/src/index.ts'
import { captureOutput, inEnvironment, temporaryFolder } from './fixture.ts'

let double: GitHubDouble

/** One for all tests, since the client keeps the first address of the API that it sees. */
beforeAll(async () => {
  double = await startGitHub()
})
beforeEach(() => {
  double.state.artifacts.length = 0
})
afterAll(async () => {
  await double.close()
  expect(double.violations).toEqual([])
})

async function job(run: number, permissions: Permissions = {}): Promise<GitHubPorts['artifacts']> {
  const environment = await double.environment({ event: 'push', folder: temporaryFolder(), run })
  inEnvironment(environment)
  captureOutput()
  return githubPorts({ environment, token: double.token({ permissions }) }).artifacts
}

function records(content: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'runs/1'), { recursive: true })
  writeFileSync(join(folder, 'runs/1/run.json'), content)
  writeFileSync(join(folder, 'report.md'), 'ä')
  writeFileSync(join(folder, 'left-out.txt'), 'x')
  return folder
}

const files = ['runs/1/run.json', 'report.md']

test('another job of the run gets the files at their paths', async () => {
  await (await job(1)).upload('mlwright-records', records('{"n":1}'), files)
  const target = join(temporaryFolder(), 'new')
  expect(await (await job(1)).download('mlwright-records', target)).toBe(true)
  expect(readFileSync(join(target, 'runs/1/run.json'), 'utf8')).toBe('{"n":1}')
  expect(readdirSync(target).sort()).toEqual(['report.md', 'runs'])
})

test('uploading again, as a second attempt does, replaces the artifact', async () => {
  const artifacts = await job(1)
  await artifacts.upload('mlwright-records', records('old'), files)
  await artifacts.upload('mlwright-records', records('new'), files)
  const target = temporaryFolder()
  await artifacts.download('mlwright-records', target)
  expect(readFileSync(join(target, 'runs/1/run.json'), 'utf8')).toBe('new')
  expect(double.state.artifacts).toHaveLength(1)
})

test('says false where there is no such artifact', async () => {
  await (await job(1)).upload('mlwright-records', records('{}'), files)
  expect(await (await job(1)).download('other', temporaryFolder())).toBe(false)
  expect(await (await job(2)).download('mlwright-records', temporaryFolder())).toBe(false)
})

test('gets the artifact of another run with `actions: read`', async () => {
  await (await job(1)).upload('mlwright-records', records('{"n":1}'), files)
  const artifacts = await job(2, { actions: 'read' })
  const target = temporaryFolder()
  expect(await artifacts.download('mlwright-records', target, 1)).toBe(true)
  expect(readFileSync(join(target, 'report.md'), 'utf8')).toBe('ä')
  expect(await artifacts.download('mlwright-records', target, 3)).toBe(false)
  double.state.artifacts[0]!.expired = true
  expect(await artifacts.download('mlwright-records', target, 1)).toBe(false)
})

test('names `actions: read` where the token lacks it', async () => {
  const artifacts = await job(2)
  await expect(artifacts.download('mlwright-records', temporaryFolder(), 1)).rejects.toMatchObject({
    code: 'PERMISSION_MISSING',
    message: expect.stringContaining('`permissions: actions: read`'),
  })
})

test('refuses an artifact whose bytes are not those that were uploaded', async () => {
  const artifacts = await job(1)
  await artifacts.upload('mlwright-records', records('{}'), files)
  double.state.artifacts[0]!.digest = `sha256:${'0'.repeat(64)}`
  await expect(artifacts.download('mlwright-records', temporaryFolder())).rejects.toMatchObject({
    code: 'ARTIFACT_MISSING',
    message: 'The artifact mlwright-records arrived damaged; run the job again.',
  })
})

test('no file of an artifact lands outside the folder that was asked for', async () => {
  const artifacts = await job(1)
  // Python 3.11: zipfile with ZipInfo('ok.txt') = 'ok' and ZipInfo('../evil.txt') = 'evil'
  const zip = Buffer.from(
    'UEsDBBQAAAAAAAAAIQBH3dx5AgAAAAIAAAAGAAAAb2sudHh0b2tQSwMEFAAAAAAAAAAhAFIx+40EAAAABAAAAAsAAAAuLi9ldmlsLnR4dGV2aWxQSwECFAMUAAAAAAAAACEAR93ceQIAAAACAAAABgAAAAAAAAAAAAAAgAEAAAAAb2sudHh0UEsBAhQDFAAAAAAAAAAhAFIx+40EAAAABAAAAAsAAAAAAAAAAAAAAIABJgAAAC4uL2V2aWwudHh0UEsFBgAAAAACAAIAbQAAAFMAAAAAAA==',
    'base64',
  )
  double.state.blobs.set('crafted', zip)
  const stored = { id: 1, run: '1', job: 'job-1', name: 'crafted', blob: 'crafted', size: zip.length }
  double.state.artifacts.push({ ...stored, digest: '', finalized: true, expired: false })
  const top = temporaryFolder()
  await artifacts.download('crafted', join(top, 'into'))
  expect(readdirSync(top)).toEqual(['into'])
  expect(readFileSync(join(top, 'into/ok.txt'), 'utf8')).toBe('ok')
})
