import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { State } from './state.ts'

/** What a job runs for; the payload is completed with the repository. */
export interface RunOptions {
  readonly event: 'pull_request' | 'push' | 'merge_group' | 'workflow_dispatch' | 'workflow_run' | 'schedule'
  readonly pull?: number
  readonly branch?: string
  readonly payload?: Readonly<Record<string, unknown>>
  /** A folder for the files that a runner makes. */
  readonly folder: string
  readonly workspace?: string
  readonly run?: number
  readonly attempt?: number
  readonly actor?: string
  /** Scopes whose caches it may read beside its own; the default branch unless told. */
  readonly cacheScopes?: readonly string[]
}

/** The environment that a runner would give a step, with its files made. */
export async function runEnvironment(options: RunOptions, state: State): Promise<Record<string, string>> {
  const { event, folder, run = 4242, attempt = 1 } = options
  const pull = state.pulls.find(({ number }) => number === options.pull)
  const branch = options.branch ?? state.defaultBranch
  const ref = pull ? `refs/pull/${pull.number}/merge` : `refs/heads/${branch}`
  await mkdir(folder, { recursive: true })
  const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY'] as const
  for (const name of files) await writeFile(join(folder, name), '')
  const eventPath = join(folder, 'event.json')
  await writeFile(eventPath, JSON.stringify(eventOf(options, state)))
  return {
    ...Object.fromEntries(files.map((name) => [name, join(folder, name)])),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: `${state.owner}/${state.name}`,
    GITHUB_REPOSITORY_ID: String(state.repositoryId),
    GITHUB_SHA: pull?.mergeCommit ?? (await state.git.readRef(ref)) ?? '',
    GITHUB_REF: ref,
    ...(pull && { GITHUB_HEAD_REF: pull.branch, GITHUB_BASE_REF: pull.base }),
    GITHUB_RUN_ID: String(run),
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_ACTOR: options.actor ?? 'alice',
    GITHUB_WORKSPACE: options.workspace ?? folder,
    RUNNER_TEMP: folder,
    ...serviceEnvironment(state, run, ref, options.cacheScopes),
  }
}

/** The addresses, and the token for caches and artifacts of one run. */
export function serviceEnvironment(
  state: State,
  run: number,
  ref: string,
  readable: readonly string[] = [`refs/heads/${state.defaultBranch}`],
): Record<string, string> {
  const scopes = [
    { Scope: ref, Permission: 3 },
    ...readable.filter((scope) => scope !== ref).map((scope) => ({ Scope: scope, Permission: 1 })),
  ]
  const claims = { scp: `Actions.Results:${run}:job-${run}`, ac: JSON.stringify(scopes) }
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: state.url,
    GITHUB_GRAPHQL_URL: `${state.url}/graphql`,
    ACTIONS_RESULTS_URL: `${state.url}/`,
    ACTIONS_RUNTIME_TOKEN: `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`,
    ACTIONS_CACHE_SERVICE_V2: 'true',
  }
}

/** The event's payload, as far as anything of ours reads it. */
export function eventOf(options: Pick<RunOptions, 'pull' | 'payload'>, state: State): Record<string, unknown> {
  const { owner, name, repositoryId, defaultBranch } = state
  const repository = {
    id: repositoryId,
    name,
    full_name: `${owner}/${name}`,
    private: state.private,
    default_branch: defaultBranch,
    owner: { login: owner },
  }
  const pull = state.pulls.find(({ number }) => number === options.pull)
  if (!pull) return { repository, ...options.payload }
  const source = pull.fork ? { ...repository, id: pull.fork.id, owner: { login: pull.fork.owner } } : repository
  const head = { sha: pull.headCommit, ref: pull.branch, repo: pull.deletedFork ? null : source }
  const base = { sha: pull.baseCommit, ref: pull.base, repo: repository }
  return {
    action: 'synchronize',
    number: pull.number,
    repository,
    pull_request: { number: pull.number, head, base },
    ...options.payload,
  }
}
