import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { main } from '../../packages/cli/src/main.ts'
import { Sink } from '../cli/fixture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const python = process.env.MLWRIGHT_TEST_PYTHON ?? 'python3'
const equipped = spawnSync(python, ['-c', 'import sklearn, skl2onnx, pandas']).status === 0

/** A repository made from the example, whose `python` is the one that the test found. */
function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-diabetes-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(join(root, 'examples/diabetes-sklearn'), folder, { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', ...args], { cwd: folder })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=Start')
  return folder
}

async function mlwright(folder: string, ...argv: string[]) {
  const [stdout, stderr] = [new Sink(), new Sink()]
  const code = await main(argv, {
    folder,
    environment: { ...process.env, PATH: `${dirname(python)}${delimiter}${process.env.PATH}` },
    script: join(root, 'package.json'),
    stdin: Readable.from([]),
    stdout,
    stderr,
  })
  return { code, stdout: stdout.text, stderr: stderr.text }
}

describe.skipIf(!equipped)(
  'the example diabetes-sklearn (skipped where Python has no scikit-learn, skl2onnx and pandas; MLWRIGHT_TEST_PYTHON names one that has)',
  () => {
    it('trains with scikit-learn, and is judged like a built-in trainer', async () => {
      const folder = repository()
      const config = join(folder, 'mlwright.yml')
      // The packages are there already; installing them again would need the network.
      writeFileSync(config, readFileSync(config, 'utf8').replace(/^ *setup: .*\n/m, ''))
      const run = await mlwright(folder, 'run', 'experiment', '--json')
      expect(run.code, run.stderr).toBe(0)
      expect(JSON.parse(run.stdout)).toMatchObject({ verdict: expect.stringMatching(/^(pass|warn)$/) })
      const judged = await mlwright(folder, 'evaluate', '--json')
      // scikit-learn's model reaches 0.80 to 0.90 on other splits of the same table.
      expect(JSON.parse(judged.stdout).metrics.roc_auc.value).toBeGreaterThan(0.75)
    }, 300_000)
  },
)
