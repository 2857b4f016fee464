import type { GitRepository } from './git-repository.ts'

export type Access = 'read' | 'write' | 'none'
/** As in a workflow's `permissions:`. */
export type Permissions = Readonly<Record<string, Access>>

export interface Account {
  readonly login: string
  readonly permissions: Permissions
}

export interface StoredComment {
  readonly id: number
  readonly issue: number
  readonly author: string
  body: string
  readonly created: string
  updated: string
}

export interface StoredIssue {
  readonly number: number
  readonly author: string
  title: string
  body: string
  state: 'open' | 'closed'
}

export interface StoredAnnotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number
  readonly end_column?: number
  readonly annotation_level: string
  readonly title?: string
  readonly message: string
}

export interface StoredCheckRun {
  readonly id: number
  name: string
  readonly head_sha: string
  external_id: string
  status: string
  conclusion: string | null
  title: string | null
  summary: string | null
  text: string | null
  readonly annotations: StoredAnnotation[]
}

export interface StoredPull {
  readonly number: number
  readonly branch: string
  readonly base: string
  /** Null: of this repository. */
  readonly fork: { readonly owner: string; readonly id: number } | null
  /** The fork's repository is gone. */
  readonly deletedFork: boolean
  headCommit: string
  baseCommit: string
  /** The trial merge. */
  mergeCommit: string
  state: 'open' | 'closed'
  closedAt?: string
  title: string
  body: string
  labels: string[]
  /** What merging put on the base branch, the last commit first. */
  merged: { readonly commits: readonly string[]; readonly at: string } | null
  /** Its branch and commit in the merge queue. */
  queued: { readonly branch: string; readonly commit: string; readonly base: string } | null
}

export interface StoredAsset {
  readonly id: number
  readonly name: string
  readonly contentType: string
  readonly size: number
  readonly digest: string | null
  /** `starter`: the upload broke. */
  readonly state: 'starter' | 'uploaded'
}

export interface StoredRelease {
  readonly id: number
  readonly author: string
  tag: string
  name: string
  body: string
  draft: boolean
  target: string
  published: string | null
  immutable: boolean
  latest: boolean
  readonly assets: StoredAsset[]
}

export interface StoredStatus {
  readonly id: number
  readonly state: string
  readonly description: string
  readonly logUrl: string
  readonly creator: string
  readonly created: string
}

export interface StoredDeployment {
  readonly id: number
  readonly environment: string
  readonly commit: string
  readonly ref: string
  readonly description: string
  readonly payload: unknown
  readonly creator: string
  readonly created: string
  /** Oldest first. */
  readonly statuses: StoredStatus[]
}

export interface StoredEnvironment {
  readonly name: string
  /** Kinds of its protection rules. */
  readonly rules: string[]
}

/** A `workflow_dispatch`. */
export interface StoredDispatch {
  readonly workflow: string
  readonly ref: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly actor: string
}

/** An event that starts the workflows which wait for it; `approval`: once somebody has approved. */
export interface Trigger {
  readonly event: string
  readonly subject: string
  readonly approval: boolean
}

export interface StoredArtifact {
  readonly id: number
  readonly run: string
  readonly job: string
  readonly name: string
  readonly blob: string
  size: number
  digest: string
  finalized: boolean
  expired: boolean
}

export interface StoredCache {
  readonly id: number
  readonly key: string
  readonly version: string
  /** The ref that may read it, and whatever has that ref among its scopes. */
  readonly scope: string
  readonly blob: string
  finalized: boolean
}

export interface LoggedRequest {
  readonly method: string
  readonly path: string
  status: number
}

/** Everything that a repository on GitHub remembers, for tests to read and change. */
export interface State {
  readonly owner: string
  readonly name: string
  readonly repositoryId: number
  readonly private: boolean
  readonly defaultBranch: string
  readonly git: GitRepository
  readonly accounts: Map<string, Account>
  readonly comments: StoredComment[]
  readonly issues: StoredIssue[]
  readonly checkRuns: StoredCheckRun[]
  readonly pulls: StoredPull[]
  readonly releases: StoredRelease[]
  readonly deployments: StoredDeployment[]
  readonly environments: StoredEnvironment[]
  readonly dispatches: StoredDispatch[]
  readonly triggers: Trigger[]
  readonly settings: { immutableReleases: boolean; actionsOpenPulls: boolean }
  readonly artifacts: StoredArtifact[]
  readonly caches: StoredCache[]
  readonly blobs: Map<string, Uint8Array>
  /** What a ruleset says when a reference is written to. */
  readonly rulesets: Map<string, string>
  readonly requests: LoggedRequest[]
  /** The address of this double; set once it listens. */
  url: string
  /** Most entries of a recursive tree before it is cut; GitHub's is 100,000. */
  treeLimit: number
  nextId(): number
}
