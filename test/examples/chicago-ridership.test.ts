import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { historyFiles, readHistory } from '../../examples/chicago-ridership/history-files.mjs'
import { replay } from '../../examples/chicago-ridership/replay.mjs'
import { main } from '../../packages/cli/src/main.ts'
import { Sink } from '../cli/fixture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const example = join(root, 'examples/chicago-ridership')
const written = readHistory(join(example, 'history'))

type Environment = Readonly<Record<string, string>>

/** Runs a command in this process; its JSON. */
async function mlwright(args: readonly string[], folder: string, environment: Environment): Promise<unknown> {
  const [stdout, stderr] = [new Sink(), new Sink()]
  Object.assign(process.env, environment)
  const code = await main(args, {
    folder,
    environment: { ...process.env },
    script: join(root, 'package.json'),
    stdin: Readable.from([]),
    stdout,
    stderr,
  })
  expect(code, stderr.text).toBe(0)
  return stdout.text === '' ? null : JSON.parse(stdout.text)
}

describe('the example chicago-ridership', () => {
  it('tells what its script finds: the first seven months, with the two retrainings that they ask for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlwright-chicago-'))
    const { SOURCE_DATE_EPOCH, GIT_AUTHOR_DATE, GIT_COMMITTER_DATE } = process.env
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true })
      for (const [name, value] of Object.entries({ SOURCE_DATE_EPOCH, GIT_AUTHOR_DATE, GIT_COMMITTER_DATE }))
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
    })
    const history = await replay(folder, mlwright, { until: '2007-07' })
    expect(history.months).toEqual(written.months.slice(0, 7))
    expect(history.retrainings).toEqual(written.retrainings.slice(0, 2))
  }, 240_000)

  it('shows the picture of just these numbers', () => {
    expect(written.months).toHaveLength(116)
    for (const [name, text] of historyFiles(written))
      expect(readFileSync(join(example, 'history', name), 'utf8'), name).toBe(text)
  })
})
