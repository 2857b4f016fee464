import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitHubDouble, startGitHub } from '../github-double/src/index.ts'
import { type ActResult, runAct } from './run-act.ts'
import { root, stageForeign, stageRelease, UserRepository } from './stage.ts'

const act = process.env.MLWRIGHT_TEST_ACT
const node = process.env.MLWRIGHT_TEST_NODE24
const bundled = existsSync(join(root, 'dist/report.js'))

describe.skipIf(!act || !node || !bundled)(
  'the starter workflow (skipped where MLWRIGHT_TEST_ACT and MLWRIGHT_TEST_NODE24 name no program, or before `npm run build`)',
  () => {
    let folder: string
    let github: GitHubDouble
    let repository: UserRepository
    let actions: readonly string[]
    let run = 4242

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'mlwright-e2e-'))
      stageRelease(join(folder, 'release'))
      actions = [`mlwright/mlwright@v1=${join(folder, 'release')}`, ...stageForeign(join(folder, 'stand-in'))]
      github = await startGitHub({ owner: 'acme', name: 'telco-churn' })
      repository = new UserRepository(join(folder, 'repository'), 'telco-churn', 'acme/telco-churn')
      await upload('main')
      repository.git('checkout', '--quiet', '-b', 'shallower')
    })

    afterAll(async () => {
      await github?.close()
      if (folder) rmSync(folder, { recursive: true, force: true })
    })

    const upload = (branch: string) =>
      github.state.git.run(['fetch', '--quiet', '--force', repository.folder, `${branch}:${branch}`])

    /** Pushes the branch and runs its pull request's workflow on the merge commit, as GitHub does. */
    async function push(branch: string): Promise<ActResult> {
      await upload(branch)
      const open = github.state.pulls.find((pull) => pull.branch === branch)
      const pull = open ? await github.updatePull(open.number) : await github.openPull({ branch })
      repository.git('fetch', '--quiet', github.gitFolder, `refs/pull/${pull.number}/merge`)
      repository.git('checkout', '--quiet', '--detach', pull.mergeCommit)
      const home = join(folder, `run-${++run}`)
      mkdirSync(home)
      const result = await runAct({
        act: act!,
        node: node!,
        repository: repository.folder,
        folder: home,
        event: 'pull_request',
        payload: github.event({ pull: pull.number }),
        actions,
        environment: {
          ...github.services(run, `refs/pull/${pull.number}/merge`),
          GITHUB_RUN_ID: String(run),
          MLWRIGHT_NATIVES: join(root, 'node_modules'),
        },
        token: github.token({
          permissions: {
            contents: 'write',
            'pull-requests': 'write',
            checks: 'write',
            actions: 'read',
            metadata: 'read',
          },
        }),
      })
      repository.git('checkout', '--quiet', branch)
      return result
    }

    it('answers a pull request with one comment, a check and a record', async () => {
      repository.replace('mlwright.yml', 'leaves: 31, learning_rate: 0.1', 'leaves: 8, learning_rate: 0.05')
      repository.commit('Smaller trees')
      const { jobs, log } = await push('shallower')
      expect(jobs, log).toMatchObject({ train: 'success', publish: 'success', verdict: 'success' })
      expect(github.state.comments, log).toHaveLength(1)
      expect(github.state.comments[0]?.body).toContain('roc_auc')
      expect(github.state.checkRuns.at(-1)).toMatchObject({
        head_sha: github.state.pulls[0]?.headCommit,
        conclusion: 'success',
      })
      expect(await github.state.git.readRef('refs/heads/mlwright-records')).not.toBeNull()
      expect(github.violations).toEqual([])
    }, 300_000)

    it('updates the same comment after a second push', async () => {
      const [before] = github.state.comments.map(({ id, body }) => ({ id, body }))
      repository.replace('mlwright.yml', 'rounds: 100', 'rounds: 120')
      repository.commit('More rounds')
      const { jobs, log } = await push('shallower')
      expect(jobs, log).toMatchObject({ publish: 'success', verdict: 'success' })
      expect(github.state.comments, log).toHaveLength(1)
      expect(github.state.comments[0]?.id).toBe(before?.id)
      expect(github.state.comments[0]?.body).not.toBe(before?.body)
      expect(github.violations).toEqual([])
    }, 300_000)

    it('fails in the verdict job alone when a gate fails, and still comments', async () => {
      repository.git('checkout', '--quiet', '-b', 'guessing', 'main')
      repository.replace(
        'mlwright.yml',
        'algorithm: gradient-boosting\n      params: { rounds: 100, leaves: 31, learning_rate: 0.1 }',
        'algorithm: majority',
      )
      repository.commit('Guess')
      const { jobs, log } = await push('guessing')
      expect(jobs, log).toMatchObject({ train: 'success', publish: 'success', verdict: 'failure' })
      const { number } = github.state.pulls.find(({ branch }) => branch === 'guessing')!
      expect(
        github.state.comments.filter(({ issue }) => issue === number),
        log,
      ).toHaveLength(1)
      expect(github.state.checkRuns.at(-1)?.conclusion).toBe('failure')
      expect(github.violations).toEqual([])
    }, 300_000)
  },
)
