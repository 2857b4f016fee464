import type { Files } from './files.ts'

/** Where the working copy stands. */
export interface Head {
  /** Null outside a repository or before the first commit. */
  readonly commit: string | null
  readonly branch: string | null
  readonly dirty: boolean
  /** Name of the commit's author. */
  readonly author: string | null
  /** Where the folder lies below the repository's top: `''` or `services/churn/`. */
  readonly prefix: string
}

/** A checked-out tree: its files, and what git says of them. */
export interface WorkingCopy {
  readonly folder: string
  readonly files: Files
  readonly git: Git
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
  /** The newest common ancestor of two commits or branches, or null where there is none in this clone. */
  mergeBase(a: string, b: string): Promise<string | null>
  /** Checks a commit out into a temporary folder, hands it to `use`, and removes it. */
  worktree<T>(commit: string, use: (copy: WorkingCopy) => Promise<T>): Promise<T>
}
