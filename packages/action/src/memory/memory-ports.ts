import type { Engine, Event, Ports, Sessions } from '@mlwright/domain'
import { MemoryArtifacts } from './memory-artifacts.ts'
import { MemoryAttestations } from './memory-attestations.ts'
import { MemoryCache } from './memory-cache.ts'
import { MemoryChecks } from './memory-checks.ts'
import { MemoryComments } from './memory-comments.ts'
import { MemoryDeployments } from './memory-deployments.ts'
import { MemoryFiles } from './memory-files.ts'
import { MemoryGit } from './memory-git.ts'
import { MemoryGitHub } from './memory-github.ts'
import { MemoryIssues } from './memory-issues.ts'
import { MemoryProcess } from './memory-process.ts'
import { MemoryProgress } from './memory-progress.ts'
import { MemoryPulls } from './memory-pulls.ts'
import { MemoryReleases } from './memory-releases.ts'
import { MemoryRunner } from './memory-runner.ts'
import { MemoryTags } from './memory-tags.ts'
import { MemoryWorkflows } from './memory-workflows.ts'

/** The event of a laptop outside any repository. */
export const localEvent: Event = {
  name: 'local',
  repository: null,
  commit: null,
  branch: null,
  defaultBranch: 'main',
  headCommit: null,
  baseCommit: null,
  pullRequest: null,
  origin: null,
  run: null,
  actor: null,
  serverUrl: 'https://github.com',
}

const absent = (port: string) => (): never => {
  throw new Error(`These ports hold no ${port}; hand one to memoryPorts.`)
}

const noEngine: Engine = { query: absent('engine'), execute: absent('engine'), caged: absent('engine') }
const noSessions: Sessions = { open: absent('sessions') }

/** Ports in memory, but for those that are given; engine and sessions have no twin. Two sets over one `state` are two runs of one repository. */
export function memoryPorts(given: Partial<Ports> = {}, state = new MemoryGitHub()): Ports {
  const files = new MemoryFiles()
  return {
    runner: new MemoryRunner(),
    event: localEvent,
    files,
    engine: noEngine,
    sessions: noSessions,
    natives: { onnxruntime: absent('natives') },
    git: new MemoryGit(files),
    refs: state.refs,
    comments: new MemoryComments(),
    issues: new MemoryIssues(),
    checks: new MemoryChecks(),
    pulls: new MemoryPulls(state),
    tags: new MemoryTags(state),
    releases: new MemoryReleases(state),
    deployments: new MemoryDeployments(state),
    workflows: new MemoryWorkflows(state),
    cache: new MemoryCache(),
    artifacts: new MemoryArtifacts(),
    attestations: new MemoryAttestations(),
    process: new MemoryProcess(),
    progress: new MemoryProgress(),
    clock: state.clock,
    ...given,
  }
}
