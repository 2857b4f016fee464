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
  /**
   * Adds or replaces files (null removes) on a branch in one commit, again on the new head when the branch has moved; makes an orphan branch when there is none. Returns the commit, the old one when nothing changed.
   * With `onto`, a commit, the branch becomes one commit after it: it is made there, moved there where its head is such a commit of ours, and added to where others have committed to it. Returns `onto` itself, and no branch, when nothing differs from it.
   */
  commit(
    branch: string,
    message: string,
    files: ReadonlyMap<string, Uint8Array | null>,
    options?: { readonly onto?: string },
  ): Promise<string>
  /** Adds a commit to a branch that stands at `head` (null: that does not exist); null, and nothing done, where it stands elsewhere. Of several at once one wins, as long as each writes something of its own. */
  commitAt(
    branch: string,
    head: string | null,
    message: string,
    files: ReadonlyMap<string, Uint8Array | null>,
  ): Promise<string | null>
  /** Deletes a branch that stands at `head`; true where it is gone, false where it stands elsewhere. */
  remove(branch: string, head: string): Promise<boolean>
}
