export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  readonly head: {
    readonly commit: string
    readonly branch: string
    readonly repository: number | null
    readonly fork: boolean
  }
  readonly base: { readonly commit: string; readonly branch: string }
  readonly open: boolean
  /** When it was closed or merged, in ISO 8601; absent while it is open, and where that is not known. */
  readonly closedAt?: string
  /** Commit on the base branch that merging made: the merge, the squashed one, or the last of a rebase; null where it is not merged. */
  readonly mergeCommit: string | null
}

/** Pull requests. */
export interface Pulls {
  get(number: number): Promise<PullRequest | null>
  /** Open pull requests from `owner:branch`. */
  from(owner: string, branch: string): Promise<PullRequest[]>
  /** Pull requests that contain a commit, and those whose merge made it. */
  containing(commit: string): Promise<PullRequest[]>
  /** Opens a pull request from a branch of this repository, or returns the open one; null where the repository forbids that to GitHub Actions. */
  open(pull: {
    readonly branch: string
    readonly base: string
    readonly title: string
    readonly body: string
  }): Promise<PullRequest | null>
  /** Null where there is no such pull request. */
  edit(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
  ): Promise<PullRequest | null>
}
