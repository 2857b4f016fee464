import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitHubDouble, type MergeMethod, type PushPayload, startGitHub } from '../github-double/src/index.ts'
import { type ActResult, runAct } from './run-act.ts'
import { root, stageForeign, stageRelease, UserRepository } from './stage.ts'

const everything = {
  contents: 'write',
  'pull-requests': 'write',
  issues: 'write',
  checks: 'write',
  actions: 'write',
  deployments: 'write',
  metadata: 'read',
} as const

/** A user's repository on GitHub's double, whose starter workflow act executes. */
export class UserProject {
  readonly folder: string
  readonly github: GitHubDouble
  readonly repository: UserRepository
  readonly #actions: readonly string[]
  #run = 4242

  private constructor(folder: string, example: string, github: GitHubDouble) {
    this.folder = folder
    this.github = github
    stageRelease(join(folder, 'release'))
    this.#actions = [`mlwright/mlwright@v1=${join(folder, 'release')}`, ...stageForeign(join(folder, 'stand-in'))]
    this.repository = new UserRepository(join(folder, 'repository'), example, `acme/${example}`)
  }

  static async start(example: string): Promise<UserProject> {
    const folder = mkdtempSync(join(tmpdir(), 'mlwright-e2e-'))
    return new UserProject(folder, example, await startGitHub({ owner: 'acme', name: example }))
  }

  async close(): Promise<void> {
    await this.github.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  async upload(branch: string): Promise<void> {
    await this.github.state.git.run(['fetch', '--quiet', '--force', this.repository.folder, `${branch}:${branch}`])
  }

  /** The open pull request of a branch. */
  numberOf(branch: string): number {
    const pull = this.github.state.pulls.find((candidate) => candidate.branch === branch && candidate.state === 'open')
    if (!pull) throw new Error(`There is no open pull request of ${branch}`)
    return pull.number
  }

  commentsOn(branch: string) {
    const numbers = this.github.state.pulls.filter((pull) => pull.branch === branch).map(({ number }) => number)
    return this.github.state.comments.filter(({ issue }) => numbers.includes(issue))
  }

  /** Pushes the branch and runs its pull request's workflow on the merge commit, as GitHub does. `path` is put before the runner's own. */
  async push(branch: string, path?: string): Promise<ActResult> {
    const { github, repository } = this
    await this.upload(branch)
    const open = github.state.pulls.find((pull) => pull.branch === branch)
    const pull = open ? await github.updatePull(open.number) : await github.openPull({ branch })
    repository.git('fetch', '--quiet', github.gitFolder, `refs/pull/${pull.number}/merge`)
    repository.git('checkout', '--quiet', '--detach', pull.mergeCommit)
    const result = await this.#act(
      'experiment.yml',
      'pull_request',
      github.event({ pull: pull.number }),
      `refs/pull/${pull.number}/merge`,
      path,
    )
    repository.git('checkout', '--quiet', branch)
    return result
  }

  /** Merges a pull request as a person would and follows it on main; returns the push. */
  async merge(branch: string, how: MergeMethod = 'squash'): Promise<PushPayload> {
    const { github, repository } = this
    const payload = await github.mergePull(this.numberOf(branch), how)
    repository.git('fetch', '--quiet', '--no-tags', github.gitFolder, 'main')
    repository.git('checkout', '--quiet', '-B', 'main', 'FETCH_HEAD')
    return payload
  }

  /** Runs a workflow on main, as GitHub does after a push, at its time or at the push of a button. */
  async onMain(
    workflow: string,
    event: 'push' | 'workflow_dispatch' | 'schedule',
    payload: object,
  ): Promise<ActResult> {
    return this.#act(
      workflow,
      event,
      { ...this.github.event({}), ref: 'refs/heads/main', ...payload },
      'refs/heads/main',
    )
  }

  async #act(workflow: string, event: string, payload: object, ref: string, path?: string): Promise<ActResult> {
    const run = ++this.#run
    const folder = join(this.folder, `run-${run}`)
    mkdirSync(folder)
    return runAct({
      act: process.env.MLWRIGHT_TEST_ACT!,
      node: process.env.MLWRIGHT_TEST_NODE24!,
      path,
      repository: this.repository.folder,
      folder,
      event,
      workflow,
      payload,
      actions: this.#actions,
      environment: {
        ...this.github.services(run, ref),
        GITHUB_RUN_ID: String(run),
        MLWRIGHT_NATIVES: root,
      },
      token: this.github.token({ permissions: everything }),
    })
  }
}
