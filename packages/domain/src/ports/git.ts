/** Where the working copy stands. */
export interface Head {
  /** Null outside a repository or before the first commit. */
  readonly commit: string | null
  readonly branch: string | null
  readonly dirty: boolean
  /** Name of the commit's author. */
  readonly author: string | null
}

/** The local working copy. */
export interface Git {
  head(): Promise<Head>
  /** Git object ids of the files as they stand in the working copy (clean filters applied), in the order given. */
  blobs(paths: readonly string[]): Promise<string[]>
  /** Paths that git tracks, sorted. */
  tracked(): Promise<string[]>
  /** The commit's parents, or null where the commit is not in this clone. */
  parents(commit: string): Promise<string[] | null>
  /** Checks a commit out into a temporary folder, hands its path to `use`, and removes it. */
  worktree<T>(commit: string, use: (folder: string) => Promise<T>): Promise<T>
}
