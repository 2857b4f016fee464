import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Evaluation, Run } from '@mlwright/domain'
import { builtInSignature, type ReleaseFacts } from '@mlwright/registry'
import { main } from '../../../packages/cli/src/main.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What examples/telco-churn leaves when it is really trained and judged in a repository of its own. */
export async function trainedRelease(): Promise<{ folder: string; facts: ReleaseFacts; model: Uint8Array }> {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-release-'))
  cpSync(join(root, 'examples/telco-churn'), folder, { recursive: true })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: folder })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '--all')
  git('commit', '--quiet', '--message=Start')
  const stderr = new PassThrough()
  let text = ''
  stderr.on('data', (chunk) => {
    text += chunk
  })
  const code = await main(['run', 'experiment', '--json'], {
    folder,
    environment: { ...process.env },
    script: join(root, 'package.json'),
    stdin: new PassThrough() as never,
    stdout: new PassThrough() as never,
    stderr: stderr as never,
  })
  if (code !== 0) throw new Error(text)
  const id = readFileSync(join(folder, '.mlwright/latest/churn'), 'utf8').trim()
  const file = (name: string) => readFileSync(join(folder, '.mlwright/runs', id, name))
  const run = Run.parse(JSON.parse(file('run.json').toString()))
  const facts: ReleaseFacts = {
    version: 'v1.0.0',
    tag: 'churn@v1.0.0',
    commit: run.code.commit!,
    repository: 'https://github.com/acme/telco',
    project: { name: 'telco-churn', objective: 'Find the customers who are about to leave.', requirements: [] },
    run,
    evaluation: Evaluation.parse(JSON.parse(file('evaluation.json').toString())),
    comparison: null,
    champion: null,
    bump: { level: 'major', reasons: ['the first version'] },
    contract: readFileSync(join(folder, 'contracts/customers.odcs.yaml'), 'utf8'),
    signature: builtInSignature(run),
  }
  return { folder, facts, model: file('model.onnx') }
}
