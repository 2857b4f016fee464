import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bundledStep, root } from './bundled-step.ts'
import { temporaryFolder } from './example-repository.ts'

const dist = join(root, 'dist')
const built = existsSync(join(dist, 'oidc-utils.js'))
const api = /^duckdb-node-api-\d.*\.cjs$/

/** A copy of the bundles without the files that hold one of some words, and an empty workspace. */
function without(...words: readonly string[]) {
  const folder = temporaryFolder()
  const copy = join(folder, 'dist')
  cpSync(dist, copy, { recursive: true })
  const removed = readdirSync(copy).filter((name) => {
    const text = /\.c?js$/.test(name) ? readFileSync(join(copy, name), 'utf8') : ''
    return words.some((word) => text.includes(word))
  })
  for (const name of removed) rmSync(join(copy, name))
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
  return { workspace, step, removed }
}

describe.skipIf(!built)('a bundled action that starts (skipped until `npm run build`)', () => {
  test('loads no HTTP client, schema, parser or engine where it only talks to the runner', async () => {
    const { step, removed } = without('undici', 'class LineCounter', 'ZodObject', 'DuckDBInstance')
    expect(removed).toEqual(
      expect.arrayContaining([expect.stringMatching(api), expect.stringMatching(/^\d+\.index\.js$/)]),
    )
    const { code, stdout, stderr } = await step({})
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^::error::There is no mlwright\.yml here/m)
  })

  test('takes the JavaScript of DuckDB from one file, and no schema where there is no contract', async () => {
    const { workspace, step } = without('undici', 'class LineCounter', 'ZodObject')
    writeFileSync(join(workspace, 'one.csv'), 'a\n1\n')
    const { code, outputs } = await step({ DATA: 'one.csv' })
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { verdict: 'pass', rows: '1' } })
    expect(readdirSync(dist).filter((name) => api.test(name))).toHaveLength(1)
  })

  test('still asks for an OIDC token where one is wanted', async () => {
    const { OidcClient } = await import(pathToFileURL(join(dist, 'oidc-utils.js')).href)
    const asked = OidcClient.getIDToken('sigstore')
    await expect(asked).rejects.toThrow('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable')
  })
})
