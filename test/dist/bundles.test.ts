import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startGitHub } from '../github-double/src/index.ts'
import { bundledStep, root } from './bundled-step.ts'
import { git, pullRequest, temporaryFolder } from './example-repository.ts'

const built = existsSync(join(root, 'dist/index.js'))
const node24 = process.env.MLWRIGHT_TEST_NODE24
const publishing = { contents: 'write', 'pull-requests': 'write', checks: 'write' } as const

/** A job that may only read trains and judges; another one, in a folder without the repository, publishes. */
async function experiment(node: string): Promise<void> {
  const folder = temporaryFolder()
  const dist = join(folder, 'action/dist')
  cpSync(join(root, 'dist'), dist, { recursive: true })
  const double = await startGitHub({ owner: 'acme', name: 'telco-churn', private: true })
  onTestFinished(() => double.close())
  const [repository, empty] = [join(folder, 'repository'), join(folder, 'empty')]
  for (const path of [repository, empty]) mkdirSync(path)
  const pull = (await pullRequest(double, repository)).number
  const job = (name: string, workspace: string) =>
    double.environment({ event: 'pull_request', pull, workspace, folder: join(folder, name) })
  const step = (action: string, inputs: Record<string, string>, environment: Readonly<Record<string, string>>) =>
    bundledStep({ node, dist, action, inputs, environment })

  const reading = { TOKEN: double.token({ permissions: { contents: 'read' } }) }
  const train = await job('train', repository)
  const validated = await step('validate', reading, train)
  expect(validated).toMatchObject({ code: 0, stderr: '', outputs: { verdict: 'pass', rows: '7043', failed: '0' } })
  expect(validated.summary).toContain('customers')
  const trained = await step('train', reading, train)
  expect(trained).toMatchObject({ code: 0, stderr: '', outputs: { verdict: 'pass', 'user-code': 'false' } })
  expect(existsSync(join(repository, trained.outputs['model-path']!))).toBe(true)
  const evaluated = await step('evaluate', reading, train)
  expect(evaluated, evaluated.stdout).toMatchObject({ code: 0, stderr: '', outputs: { verdict: 'pass' } })
  const rendered = await step('report', { ...reading, MODE: 'render' }, train)
  expect(rendered, rendered.stdout).toMatchObject({ code: 0, stderr: '', outputs: { verdict: 'pass' } })
  expect(double.state.comments).toEqual([])

  const writing = { TOKEN: double.token({ permissions: publishing }), MODE: 'publish' }
  const published = await step('report', writing, await job('publish', empty))
  expect(published.stderr).toBe('')
  expect(published, published.stdout).toMatchObject({ code: 0, outputs: { verdict: 'pass' } })
  expect(double.state.comments).toMatchObject([{ issue: pull, body: expect.stringContaining('roc_auc') }])
  expect(double.violations).toEqual([])
}

describe.skipIf(!built)('the bundles, without a node_modules above them (skipped until `npm run build`)', () => {
  test('run a pull request from data to comment on the Node at hand', () => experiment(process.execPath))

  test.skipIf(!node24)('do the same on Node 24 (skipped unless MLWRIGHT_TEST_NODE24 is the path of its binary)', () =>
    experiment(node24!),
  )

  test('fail a step with one sentence and exit code 1', async () => {
    const folder = temporaryFolder()
    const dist = join(folder, 'dist')
    cpSync(join(root, 'dist'), dist, { recursive: true })
    const double = await startGitHub({ owner: 'acme', name: 'telco-churn' })
    onTestFinished(() => double.close())
    const workspace = join(folder, 'workspace')
    mkdirSync(workspace)
    git(workspace, 'init', '--quiet', '--initial-branch=main')
    const environment = await double.environment({ event: 'workflow_dispatch', workspace, folder: join(folder, 'job') })
    const inputs = { TOKEN: double.token({ permissions: {} }) }
    for (const NODE_OPTIONS of ['', '--no-deprecation']) {
      const step = {
        node: process.execPath,
        dist,
        action: 'train',
        inputs,
        environment: { ...environment, NODE_OPTIONS },
      }
      const failed = await bundledStep(step)
      expect(failed).toMatchObject({ code: 1, stderr: '' })
      expect(failed.stdout).toMatch(/^::error::.*mlwright\.yml/m)
      expect(failed.stdout).not.toMatch(/^\s+at /m)
    }
  })

  test('hold no native module', () => {
    const names = readdirSync(join(root, 'dist'), { recursive: true }).map(String)
    expect(names.filter((name) => name.endsWith('.node'))).toEqual([])
  })
})
