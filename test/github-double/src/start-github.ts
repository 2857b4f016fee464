import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DeployJob, deployJob, deploymentStatus } from './deploy-job.ts'
import { type Fault, type FaultMatcher, Faults } from './faults.ts'
import { GitRepository } from './git-repository.ts'
import { listener } from './listener.ts'
import { type MergeGroup, type MergeMethod, mergePull, type PushPayload, queuePull } from './merge-pull.ts'
import { type OpenPull, openPull, updatePull } from './open-pull.ts'
import { eventOf, type RunOptions, runEnvironment, serviceEnvironment } from './run-environment.ts'
import type { Permissions, State, StoredDeployment, StoredPull } from './state.ts'

export interface GitHubOptions {
  readonly owner?: string
  readonly name?: string
  readonly private?: boolean
  readonly defaultBranch?: string
  /** A bare repository to serve; an empty one is made, and removed by `close`, unless told. */
  readonly gitFolder?: string
  readonly port?: number
}

/** A stateful double of the parts of GitHub that mlwright uses, on loopback, around a real bare git repository. */
export interface GitHubDouble {
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly resultsUrl: string
  readonly gitFolder: string
  readonly state: State
  /** Where a request or an answer disagreed with GitHub's description; a test ends with none. */
  readonly violations: string[]
  /** A new token; without `login` it is the one of GitHub Actions. */
  token(options: { readonly permissions: Permissions; readonly login?: string; readonly value?: string }): string
  /** Makes requests fail. */
  fail(matcher: FaultMatcher, fault: Fault): void
  /** Opens a pull request from a branch that is in the repository, and makes its merge commit. */
  openPull(options: OpenPull): Promise<StoredPull>
  /** Reads a pull request's branches again, as after a push. */
  updatePull(number: number): Promise<StoredPull>
  /** Puts a pull request into the merge queue: its branch and the payload of its `merge_group` event. */
  queuePull(number: number): Promise<MergeGroup>
  /** Merges a pull request as a person would: the payload of the push to its base branch. */
  mergePull(number: number, how: MergeMethod): Promise<PushPayload>
  /** What a job that names an environment does: a deployment of its own, waiting where the environment has rules. */
  deployJob(job: DeployJob): Promise<StoredDeployment>
  /** What becomes of that job. */
  deploymentStatus(id: number, state: string): void
  event(options: Pick<RunOptions, 'pull' | 'payload'>): Record<string, unknown>
  environment(options: RunOptions): Promise<Record<string, string>>
  /** The addresses and the token for caches and artifacts alone, for a runner that sets the rest. */
  services(run: number, ref: string): Record<string, string>
  close(): Promise<void>
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubDouble> {
  const made = options.gitFolder ? null : await mkdtemp(join(tmpdir(), 'github-double-'))
  const git = new GitRepository(options.gitFolder ?? join(made!, 'repository.git'))
  const defaultBranch = options.defaultBranch ?? 'main'
  if (made) await git.run(['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, git.folder])
  const state = emptyState(options, defaultBranch, git)
  const faults = new Faults()
  const violations: string[] = []
  const server = createServer(listener(state, faults, violations, () => double))
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const double: GitHubDouble = {
    apiUrl: state.url,
    graphqlUrl: `${state.url}/graphql`,
    resultsUrl: `${state.url}/`,
    gitFolder: git.folder,
    state,
    violations,
    token({ permissions, login = 'github-actions[bot]', value = `ghs_${randomBytes(18).toString('hex')}` }) {
      state.accounts.set(value, { login, permissions })
      return value
    },
    fail: (matcher, fault) => faults.add(matcher, fault),
    openPull: (pull) => openPull(pull, state),
    updatePull: (number) => updatePull(number, state),
    queuePull: (number) => queuePull(number, state),
    mergePull: (number, how) => mergePull(number, how, state),
    deployJob: (job) => deployJob(job, state),
    deploymentStatus: (id, status) => deploymentStatus(id, status, state),
    event: (run) => eventOf(run, state),
    environment: (run) => runEnvironment(run, state),
    services: (run, ref) => serviceEnvironment(state, run, ref),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (made) await rm(made, { recursive: true, force: true })
    },
  }
  return double
}

function emptyState(options: GitHubOptions, defaultBranch: string, git: GitRepository): State {
  let last = 5000
  return {
    owner: options.owner ?? 'acme',
    name: options.name ?? 'telco-churn',
    repositoryId: 700,
    private: options.private ?? false,
    defaultBranch,
    git,
    accounts: new Map(),
    comments: [],
    issues: [],
    checkRuns: [],
    pulls: [],
    releases: [],
    deployments: [],
    environments: [],
    dispatches: [],
    triggers: [],
    settings: { immutableReleases: true, actionsOpenPulls: true },
    artifacts: [],
    caches: [],
    blobs: new Map(),
    rulesets: new Map(),
    requests: [],
    url: '',
    treeLimit: 100_000,
    nextId: () => ++last,
  }
}
