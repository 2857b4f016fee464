import type { Event } from '@mlwright/domain'

type Environment = Readonly<Record<string, string | undefined>>

interface Repository {
  readonly id?: number
  readonly name?: string
  readonly private?: boolean
  readonly default_branch?: string
  readonly owner?: { readonly login?: string }
}

/** What is read of an event file; GitHub writes more, a test's event less. */
interface Payload {
  readonly repository?: Repository
  readonly before?: string
  readonly merge_group?: { readonly base_sha?: string; readonly head_sha?: string }
  readonly pull_request?: {
    readonly number: number
    readonly head: { readonly sha: string; readonly ref: string; readonly repo: Repository | null }
    readonly base: { readonly ref: string; readonly repo: Repository }
  }
  readonly workflow_run?: {
    readonly id: number
    readonly run_attempt?: number
    readonly head_sha: string
    readonly head_branch: string | null
    readonly head_repository: Repository
    readonly event: string
  }
}

const names = ['pull_request', 'push', 'merge_group', 'workflow_dispatch', 'workflow_run', 'schedule'] as const

/** What happened, from the runner's environment and the text of its event file (`''` where there is none); `local` outside GitHub Actions. */
export function runnerEvent(environment: Environment, eventJson: string): Event {
  const payload: Payload = eventJson.trim() === '' ? {} : JSON.parse(eventJson)
  const named = environment.GITHUB_EVENT_NAME ?? ''
  const name = named === '' ? 'local' : (names.find((known) => known === named) ?? 'other')
  const commit = environment.GITHUB_SHA || null
  const serverUrl = environment.GITHUB_SERVER_URL || 'https://github.com'
  return {
    name,
    repository: repositoryOf(environment, payload),
    commit,
    branch: branchOf(environment, payload),
    defaultBranch: payload.repository?.default_branch ?? 'main',
    headCommit: payload.pull_request?.head.sha ?? payload.workflow_run?.head_sha ?? commit,
    baseCommit: baseOf(payload),
    pullRequest: pullRequestOf(payload),
    origin: originOf(payload),
    run: runOf(environment, serverUrl),
    actor: environment.GITHUB_ACTOR || null,
    serverUrl,
  }
}

/** A repository that the event does not describe counts as public, so that nothing confidential is shown. */
function repositoryOf(environment: Environment, { repository }: Payload): Event['repository'] {
  const [owner, name] = (environment.GITHUB_REPOSITORY ?? '').split('/')
  if (!owner || !name) return null
  const id = repository?.id ?? (Number(environment.GITHUB_REPOSITORY_ID) || null)
  return { owner, name, id, private: repository?.private ?? false }
}

function branchOf(environment: Environment, { pull_request, workflow_run }: Payload): string | null {
  if (pull_request) return pull_request.head.ref
  if (workflow_run) return workflow_run.head_branch
  const ref = environment.GITHUB_REF ?? ''
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
}

/** The first push of a branch has a `before` of zeros. */
function baseOf({ before, merge_group }: Payload): string | null {
  const base = merge_group?.base_sha ?? before
  return base && !/^0+$/.test(base) ? base : null
}

/** A head repository that was deleted can only have been a fork. */
function pullRequestOf({ pull_request }: Payload): Event['pullRequest'] {
  if (!pull_request) return null
  const { number, head, base } = pull_request
  return { number, fork: head.repo?.id === undefined || head.repo.id !== base.repo.id }
}

function originOf({ workflow_run }: Payload): Event['origin'] {
  if (!workflow_run) return null
  const { id, run_attempt, head_sha, head_branch, head_repository, event } = workflow_run
  return {
    run: id,
    attempt: run_attempt ?? 1,
    commit: head_sha,
    branch: head_branch ?? '',
    owner: head_repository.owner?.login ?? '',
    repository: head_repository.id ?? 0,
    event,
  }
}

function runOf(environment: Environment, serverUrl: string): Event['run'] {
  const id = Number(environment.GITHUB_RUN_ID)
  if (!id) return null
  const attempt = Number(environment.GITHUB_RUN_ATTEMPT) || 1
  return { id, attempt, url: `${serverUrl}/${environment.GITHUB_REPOSITORY}/actions/runs/${id}/attempts/${attempt}` }
}
