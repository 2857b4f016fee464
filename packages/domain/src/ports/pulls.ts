export interface PullRequest {
  readonly number: number
  readonly head: {
    readonly commit: string
    readonly branch: string
    readonly repository: number | null
    readonly fork: boolean
  }
  readonly base: { readonly commit: string; readonly branch: string }
  readonly open: boolean
}

/** Pull requests. */
export interface Pulls {
  get(number: number): Promise<PullRequest | null>
  /** Open pull requests from `owner:branch`. */
  from(owner: string, branch: string): Promise<PullRequest[]>
  /** Pull requests that contain a commit. */
  containing(commit: string): Promise<PullRequest[]>
}
