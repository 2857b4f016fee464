import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type } from './fixture.ts'

function repository(...tags: readonly (readonly [name: string, message: string, at: number])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-registry-'))
  const git = (args: string[], at = 1_777_000_000) => {
    const identity = { NAME: 'Alice', EMAIL: 'alice@example.com', DATE: `${at} +0000` }
    const entries = Object.entries(identity).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ])
    return execFileSync('git', args, {
      cwd: folder,
      env: { ...process.env, ...Object.fromEntries(entries) },
      encoding: 'utf8',
    }).trim()
  }
  git(['init', '--quiet', '--initial-branch=main'])
  git(['commit', '--quiet', '--allow-empty', '--message=One'])
  for (const [name, message, at] of tags) git(['tag', '--annotate', `--message=${message}`, name], at)
  return { folder, commit: git(['rev-parse', 'HEAD']) }
}

const churn = () =>
  repository(
    // date -u -d 2026-05-01T23:59:59Z +%s -> 1777679999
    ['churn@v1.0.0', 'One', 1_777_679_999],
    ['churn#production#1', 'Go', 1_777_680_000],
    ['old@v0.1.0', 'Old', 1_777_680_001],
    ['old@deprecated', 'Gone', 1_777_680_002],
  )

describe('mlwright show', () => {
  it('prints what is where as JSON', async () => {
    const { folder, commit } = churn()
    const { code, stdout } = await type(folder, 'show', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      models: {
        churn: {
          latest: 'v1.0.0',
          versions: [{ version: 'v1.0.0', commit }],
          stages: { production: 'v1.0.0' },
        },
      },
      deprecated: ['old'],
    })
  })

  it('answers for the end of a day, for a time and for a second', async () => {
    const { folder } = churn()
    const stages = async (at: string) =>
      JSON.parse((await type(folder, 'show', 'churn', '--at', at, '--json')).stdout).models.churn.stages
    expect(await stages('2026-05-01')).toEqual({})
    expect(await stages('2026-05-02')).toEqual({ production: 'v1.0.0' })
    expect(await stages('2026-05-02T00:00Z')).toEqual({ production: 'v1.0.0' })
    expect(await stages('2026-05-02T02:00+02:00')).toEqual({ production: 'v1.0.0' })
    expect(await stages('2026-05-01T23:59:59.9')).toEqual({})
    expect(await stages('1777680000')).toEqual({ production: 'v1.0.0' })
  })

  it('refuses a day that is none, and a model that no tag names', async () => {
    const { folder } = churn()
    for (const day of ['2026-02-30', 'yesterday', '2026-13-01'])
      expect((await type(folder, 'show', '--at', day)).stderr).toContain(`\`at\` is "${day}"; write a day`)
    const { code, stderr } = await type(folder, 'show', 'churm')
    expect(code).toBe(2)
    expect(stderr).toContain('No tag names the model churm; did you mean churn?')
  })

  it('leaves nothing behind, whatever it could not answer', async () => {
    const { folder } = churn()
    for (const words of [
      ['show', 'churm'],
      ['history', 'churm'],
      ['diff', 'churn@v1.0.0', 'churn@v3.0.0'],
    ])
      expect((await type(folder, ...words)).code).toBe(2)
    expect((await type(folder, 'verify', 'churm@v1.0.0')).code).toBe(2)
    expect(readdirSync(folder)).toEqual(['.git'])
  })

  it('says so where nothing is registered', async () => {
    const { code, stdout } = await type(repository().folder, 'show')
    expect(code).toBe(0)
    expect(stdout).toContain('No model is registered.')
  })
})

describe('mlwright history', () => {
  it('lists the events of a model, newest first', async () => {
    const { folder, commit } = churn()
    const { stdout } = await type(folder, 'history', 'churn', '--json')
    const registration = { model: 'churn', event: 'registration', version: 'v1.0.0', stage: null, commit }
    expect(JSON.parse(stdout)).toEqual([
      {
        at: 1_777_680_000,
        model: 'churn',
        event: 'assignment',
        version: 'v1.0.0',
        stage: 'production',
        commit,
        tag: 'churn#production#1',
      },
      { at: 1_777_679_999, ...registration, tag: 'churn@v1.0.0' },
    ])
    expect(JSON.parse((await type(folder, 'history', '--json')).stdout)).toHaveLength(4)
  })

  it('shows a table', async () => {
    const { stdout } = await type(churn().folder, 'history', '--model', 'old')
    expect(stdout).toMatch(/2026-05-02 00:00:02.*deprecation/)
    expect(stdout).not.toContain('production')
  })
})
