import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MemoryArtifacts } from '@mlwright/action'
import type { Artifacts } from '@mlwright/domain'
import { githubPorts } from '@mlwright/github'
import { describe, expect, test } from 'vitest'
import { captureOutput, github, inEnvironment, temporaryFolder } from '../github/fixture.ts'

async function onGitHub(): Promise<Artifacts> {
  const double = await github()
  const environment = await double.environment({ event: 'push', folder: temporaryFolder() })
  inEnvironment(environment)
  captureOutput()
  return githubPorts({ environment, token: double.token({ permissions: {} }) }).artifacts
}

const subjects: readonly (readonly [string, () => Promise<Artifacts>])[] = [
  ['in memory', async () => new MemoryArtifacts()],
  ['on GitHub', onGitHub],
]

function records(content: string): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'runs'))
  writeFileSync(join(folder, 'runs/run.json'), content)
  writeFileSync(join(folder, 'left-out.txt'), 'x')
  return folder
}

describe.each(subjects)('artifacts %s', (_, start) => {
  test('bring the named files, and no others, to the same paths', async () => {
    const artifacts = await start()
    await artifacts.upload('records', records('{}'), ['runs/run.json'])
    const target = join(temporaryFolder(), 'new')
    expect(await artifacts.download('records', target)).toBe(true)
    expect(readFileSync(join(target, 'runs/run.json'), 'utf8')).toBe('{}')
    expect(existsSync(join(target, 'left-out.txt'))).toBe(false)
  })

  test('are replaced by a second upload, and false where there are none', async () => {
    const artifacts = await start()
    const target = temporaryFolder()
    expect(await artifacts.download('records', target)).toBe(false)
    await artifacts.upload('records', records('old'), ['runs/run.json'])
    await artifacts.upload('records', records('new'), ['runs/run.json'])
    await artifacts.download('records', target)
    expect(readFileSync(join(target, 'runs/run.json'), 'utf8')).toBe('new')
  })
})
