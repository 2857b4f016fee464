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
  mergeCommit: string
  state: 'open' | 'closed'
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
  readonly checkRuns: StoredCheckRun[]
  readonly pulls: StoredPull[]
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
