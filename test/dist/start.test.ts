import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bundledStep, root } from './bundled-step.ts'
import { temporaryFolder } from './example-repository.ts'

const dist = join(root, 'dist')
const built = existsSync(join(dist, 'undici.cjs'))

/** A copy of the bundles without some of their files, and an empty workspace. */
function without(pattern: RegExp) {
  const folder = temporaryFolder()
  const copy = join(folder, 'dist')
  cpSync(dist, copy, { recursive: true })
  for (const name of readdirSync(copy)) if (pattern.test(name)) rmSync(join(copy, name))
  const workspace = join(folder, 'workspace')
  mkdirSync(workspace)
  const files = Object.fromEntries(
    ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'].map((name) => {
      writeFileSync(join(folder, name), '')
      return [name, join(folder, name)]
    }),
  )
  const environment = { GITHUB_WORKSPACE: workspace, GITHUB_EVENT_NAME: 'push', RUNNER_TEMP: folder, ...files }
  const step = (inputs: Readonly<Record<string, string>>) =>
    bundledStep({ node: process.execPath, dist: copy, action: 'validate', inputs, environment })
  return { workspace, step }
}

describe.skipIf(!built)('a bundled action that starts (skipped until `npm run build`)', () => {
  test('loads neither undici nor DuckDB where it only talks to the runner', async () => {
    const { step } = without(/^(undici|duckdb-.*)\.cjs$/)
    const { code, stdout, stderr } = await step({})
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^::error::There is no mlwright\.yml here/m)
  })

  test('takes the JavaScript of DuckDB from its one file', async () => {
    const { workspace, step } = without(/^undici\.cjs$/)
    writeFileSync(join(workspace, 'one.csv'), 'a\n1\n')
    const { code, outputs } = await step({ DATA: 'one.csv' })
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { verdict: 'pass', rows: '1' } })
    const names = readdirSync(dist)
    expect(names.filter((name) => name.startsWith('duckdb-'))).toEqual([
      expect.stringMatching(/^duckdb-node-api-\d.*\.cjs$/),
    ])
  })

  test('gives a proxy and requests to who asks for them', async () => {
    const undici = await import(pathToFileURL(join(dist, 'undici.js')).href)
    expect(new undici.ProxyAgent('http://127.0.0.1:9')).toHaveProperty('dispatch')
    const response = await undici.fetch('data:text/plain,hello')
    expect(await response.text()).toBe('hello')
  })
})
