import { existsSync, readFileSync } from 'node:fs'
import { type Ports, systemClock } from '@mlwright/domain'
import { ActionRunner } from './action-runner.ts'
import { ActionsCache } from './actions-cache.ts'
import { CheckRuns } from './check-runs.ts'
import { EnvironmentDeployments } from './environment-deployments.ts'
import { GitTags } from './git-tags.ts'
import { GitHubApi, type GitHubApiOptions } from './github-api.ts'
import { GitHubReleases } from './github-releases.ts'
import { IssueComments } from './issue-comments.ts'
import { LogProgress } from './log-progress.ts'
import { PullRequests } from './pull-requests.ts'
import { RepositoryIssues } from './repository-issues.ts'
import { RestRefs } from './rest-refs.ts'
import { RunArtifacts } from './run-artifacts.ts'
import { runnerEvent } from './runner-event.ts'
import { SignedAttestations } from './signed-attestations.ts'
import { WorkflowFiles } from './workflow-files.ts'

export type GitHubPorts = Pick<
  Ports,
  | 'runner'
  | 'event'
  | 'refs'
  | 'comments'
  | 'issues'
  | 'checks'
  | 'pulls'
  | 'tags'
  | 'releases'
  | 'deployments'
  | 'workflows'
  | 'cache'
  | 'artifacts'
  | 'attestations'
  | 'progress'
  | 'clock'
>

/** The ports that a job on GitHub has. Octokit and the clients of cache and artifacts are loaded by the first call that needs them. */
export function githubPorts(options: GitHubApiOptions): GitHubPorts {
  const { environment, token } = options
  const api = new GitHubApi(options)
  const event = runnerEvent(environment, eventFile(environment.GITHUB_EVENT_PATH))
  let made: ActionRunner | null = null
  const runner = () => {
    made ??= new ActionRunner(environment, [token])
    return made
  }
  return {
    get runner() {
      return runner()
    },
    event,
    refs: new RestRefs(api),
    comments: new IssueComments(api),
    issues: new RepositoryIssues(api),
    checks: new CheckRuns(api),
    pulls: new PullRequests(api),
    tags: new GitTags(api),
    releases: new GitHubReleases(api),
    deployments: new EnvironmentDeployments(api),
    workflows: new WorkflowFiles(api),
    cache: new ActionsCache(environment.GITHUB_WORKSPACE ?? '.'),
    artifacts: new RunArtifacts(api, token),
    attestations: new SignedAttestations(environment, token, event.repository?.private === false),
    progress: new LogProgress((line) => runner().log(line)),
    clock: systemClock,
  }
}

function eventFile(path: string | undefined): string {
  return path && existsSync(path) ? readFileSync(path, 'utf8') : ''
}
