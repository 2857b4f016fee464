import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { Evaluation, Run } from '@mlwright/domain'
import { builtInSignature, type ReleaseFacts } from '@mlwright/registry'
import { main } from '../../../packages/cli/src/main.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A repository to train in, by its only model. */
export interface Story {
  readonly model: string
  prepare(folder: string): void
}

/** The example telco-churn: text and numbers, two classes. */
export const telcoChurn: Story = {
  model: 'churn',
  prepare: (folder) => cpSync(join(root, 'examples/telco-churn'), folder, { recursive: true }),
}

/** Regression on a date, a text and a number with gaps; its rows follow from their number alone. */
export const dailySales: Story = {
  model: 'sales',
  prepare(folder) {
    const rows = Array.from({ length: 400 }, (_, i) => {
      const day = new Date(Date.UTC(2025, 0, 1 + i)).toISOString().slice(0, 10)
      const shop = ['north', 'south', 'éast', ''][(i * 7) % 4]!
      const visitors = i % 11 === 0 ? '' : 50 + ((i * 37) % 91)
      return `${day},${shop},${visitors},${(Number(visitors) * 1.5 + (i % 7) * 10 + (i % 4) * 3).toFixed(2)}`
    })
    writeFileSync(join(folder, 'sales.csv'), `day,shop,visitors,sales\n${rows.join('\n')}\n`)
    writeFileSync(join(folder, '.gitignore'), '.mlwright/\n')
    writeFileSync(
      join(folder, 'mlwright.yml'),
      `version: 1
project: { name: shops }
datasets: { days: { source: sales.csv } }
models:
  sales:
    dataset: days
    task: regression
    target: sales
    train: { algorithm: gradient-boosting, params: { rounds: 20, leaves: 7 } }
`,
    )
  },
}

/** What a story leaves when it is really trained and judged in a repository of its own. */
export async function trainedRelease({ model, prepare }: Story): Promise<{
  folder: string
  facts: ReleaseFacts
  model: Uint8Array
}> {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-release-'))
  prepare(folder)
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
  const id = readFileSync(join(folder, '.mlwright/latest', model), 'utf8').trim()
  const file = (name: string) => readFileSync(join(folder, '.mlwright/runs', id, name))
  const run = Run.parse(JSON.parse(file('run.json').toString()))
  const contract = join(folder, 'contracts/customers.odcs.yaml')
  const facts: ReleaseFacts = {
    version: 'v1.0.0',
    tag: `${model}@v1.0.0`,
    commit: run.code.commit!,
    repository: 'https://github.com/acme/telco',
    project: { name: 'trained', objective: 'Show what a release holds.', requirements: [] },
    run,
    evaluation: Evaluation.parse(JSON.parse(file('evaluation.json').toString())),
    comparison: null,
    champion: null,
    bump: { level: 'major', reasons: ['the first version'] },
    contract: existsSync(contract) ? readFileSync(contract, 'utf8') : null,
    profile: '{}\n',
    signature: builtInSignature(run),
  }
  return { folder, facts, model: file('model.onnx') }
}
