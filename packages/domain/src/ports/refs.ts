export interface TreeEntry {
  readonly path: string
  /** Git object id of the blob. */
  readonly oid: string
  readonly bytes: number
}

/** Branches as a store of files: in a local repository, or on GitHub through the Git data API. */
export interface Refs {
  /** The commit that a branch, tag or commit id names, or null. */
  resolve(ref: string): Promise<string | null>
  /** Every blob of a commit's tree, or of one folder of it, sorted by path. */
  tree(ref: string, folder?: string): Promise<TreeEntry[]>
  read(ref: string, path: string): Promise<Uint8Array | null>
  /** Adds or replaces files (null removes) on a branch in one commit, again on the new head when the branch has moved; makes an orphan branch when there is none. Returns the commit, the old one when nothing changed. */
  commit(branch: string, message: string, files: ReadonlyMap<string, Uint8Array | null>): Promise<string>
}
