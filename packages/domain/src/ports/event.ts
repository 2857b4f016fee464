/** What happened on GitHub, from the runner's environment and event file; `local` on a laptop. */
export interface Event {
  readonly name:
    | 'pull_request'
    | 'push'
    | 'merge_group'
    | 'workflow_dispatch'
    | 'workflow_run'
    | 'schedule'
    | 'local'
    | 'other'
  readonly repository: {
    readonly owner: string
    readonly name: string
    readonly id: number | null
    readonly private: boolean
  } | null
  /** Commit that is tested: of a pull request the merge commit. */
  readonly commit: string | null
  readonly branch: string | null
  readonly defaultBranch: string
  /** Commit that checks go on: of a pull request its head. */
  readonly headCommit: string | null
  /** Commit to compare with, where the event names one (`before` of a push, `base_sha` of a merge group). */
  readonly baseCommit: string | null
  readonly pullRequest: { readonly number: number; readonly fork: boolean } | null
  /** Of the run that a `workflow_run` event is about. */
  readonly origin: {
    readonly run: number
    readonly attempt: number
    readonly commit: string
    readonly branch: string
    readonly owner: string
    readonly repository: number
    readonly event: string
  } | null
  readonly run: { readonly id: number; readonly attempt: number; readonly url: string } | null
  readonly actor: string | null
  readonly serverUrl: string
}
