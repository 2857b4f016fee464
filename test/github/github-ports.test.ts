import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { captureOutput, github, portsOf } from './fixture.ts'

const sources = new URL('../../packages/github/src/', import.meta.url)

test("no client but the runner's own is loaded before a call that needs it", () => {
  const loading = readdirSync(sources).flatMap((name) =>
    readFileSync(new URL(name, sources), 'utf8')
      .split('\n')
      .filter((line) => /from '@(actions\/(?!core')|octokit\/)/.test(line) && !line.startsWith('import type'))
      .map((line) => `${name}: ${line}`),
  )
  expect(loading).toEqual([])
})

test('making the ports asks nothing and prints nothing', async () => {
  const double = await github()
  const printed = captureOutput()
  portsOf(double)
  expect(double.state.requests).toEqual([])
  expect(printed()).toBe('')
})
