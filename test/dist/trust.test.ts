import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type RunOptions, startGitHub } from '../github-double/src/index.ts'
import { bundledStep, root } from './bundled-step.ts'
import { git, pullRequest, temporaryFolder } from './example-repository.ts'

const built = existsSync(join(root, 'dist/index.js'))
const reading = { contents: 'read' } as const
const publishing = { contents: 'write', 'pull-requests': 'write', checks: 'write', actions: 'read' } as const

/** The example's pull request on a double, and the two jobs of its workflow. */
async function start(fork?: { owner: string; id: number }) {
  const folder = temporaryFolder()
  const double = await startGitHub({ owner: 'acme', name: 'telco-churn' })
  onTestFinished(() => double.close())
  const repository = join(folder, 'repository')
  mkdirSync(repository)
  const pull = await pullRequest(double, repository, fork)
  let jobs = 0
  const job = async (options: Omit<RunOptions, 'folder'>) =>
    double.environment({ ...options, folder: join(folder, `job-${++jobs}`) })
  const step = (action: string, inputs: Record<string, string>, environment: Record<string, string>) =>
    bundledStep({
      node: process.execPath,
      dist: join(root, 'dist'),
      action,
      inputs: { 'FAIL-ON': 'never', ...inputs },
      environment,
    })
  const train = async (options: Omit<RunOptions, 'folder'>) => {
    const environment = await job({ ...options, workspace: repository })
    const token = { TOKEN: double.token({ permissions: reading }) }
    const results = []
    for (const action of ['validate', 'train', 'evaluate']) results.push(await step(action, token, environment))
    results.push(await step('report', { ...token, MODE: 'render' }, environment))
    for (const { code, stdout } of results) expect(code, stdout).toBe(0)
    return results
  }
  const publish = async (options: Omit<RunOptions, 'folder'>) => {
    const workspace = join(folder, `empty-${jobs}`)
    mkdirSync(workspace)
    const token = { TOKEN: double.token({ permissions: publishing }), MODE: 'publish' }
    return step('report', token, await job({ ...options, workspace }))
  }
  return { double, repository, pull, train, publish }
}

describe.skipIf(!built)('who is trusted with what (skipped until `npm run build`)', () => {
  test("shows a fork's records as unverified, and stores nothing of them", async () => {
    const { double, pull, train, publish } = await start({ owner: 'mallory', id: 99 })
    await train({ event: 'pull_request', pull: pull.number, run: 7 })
    const origin = {
      id: 7,
      run_attempt: 1,
      event: 'pull_request',
      head_sha: pull.headCommit,
      head_branch: pull.branch,
      head_repository: { id: 99, owner: { login: 'mallory' } },
    }
    const published = await publish({ event: 'workflow_run', run: 8, payload: { workflow_run: origin } })
    expect(published.code, published.stdout).toBe(0)
    expect(double.state.comments[0]?.body, published.stdout).toContain('computed by the fork, unverified')
    expect(double.state.checkRuns[0]).toMatchObject({ head_sha: pull.headCommit, conclusion: 'neutral' })
    expect(await double.state.git.readRef('refs/heads/mlwright-records')).toBeNull()
    expect(double.violations).toEqual([])
  })

  test('refuses records whose inputs are not those of the commit', async () => {
    const { double, repository, pull, train, publish } = await start()
    writeFileSync(
      join(repository, 'mlwright.yml'),
      readFileSync(join(repository, 'mlwright.yml'), 'utf8').replace('rounds: 20', 'rounds: 30'),
    )
    await train({ event: 'pull_request', pull: pull.number })
    const published = await publish({ event: 'pull_request', pull: pull.number })
    expect(published.outputs.verdict).toBe('fail')
    expect(double.state.comments[0]?.body).toContain('so it is not trusted')
    expect(double.state.checkRuns[0]?.conclusion).toBe('failure')
  })

  test("uses the merged pull request's run again on main", async () => {
    const { double, repository, pull, train, publish } = await start()
    await train({ event: 'pull_request', pull: pull.number })
    await publish({ event: 'pull_request', pull: pull.number })
    git(repository, 'checkout', '--quiet', 'main')
    git(repository, 'merge', '--quiet', '--squash', 'smaller')
    git(repository, 'commit', '--quiet', '--message=Smaller trees (#1)')
    const before = pull.baseCommit
    await double.state.git.run(['fetch', '--quiet', '--force', repository, 'main:main'])
    const [, trained] = await train({
      event: 'push',
      branch: 'main',
      run: 9,
      payload: { before, ref: 'refs/heads/main' },
    })
    const records = await double.state.git.run(['ls-tree', '-r', '--name-only', 'mlwright-records', 'runs/churn'])
    expect(String(records)).toContain(trained?.outputs['run-id'])
    const published = await publish({
      event: 'push',
      branch: 'main',
      run: 9,
      payload: { before, ref: 'refs/heads/main' },
    })
    expect(published.outputs.verdict, published.stdout).toBe('pass')
    const after = String(await double.state.git.run(['ls-tree', '-r', '--name-only', 'mlwright-records']))
    expect(after.match(/runs\/churn\/.*run\.json/g)).toHaveLength(1)
    expect(after).toContain(`commits/${await double.state.git.readRef('refs/heads/main')}/churn.json`)
    expect(double.violations).toEqual([])
  })
})
