export interface Tag {
  readonly name: string
  /** Commit that the tag leads to. */
  readonly commit: string
  /** A lightweight tag has no tagger, no time and no message: it records no event. */
  readonly annotated: boolean
  /** Tagger time in Unix seconds; 0 for a lightweight tag. */
  readonly at: number
  /** Without the line break at its end. */
  readonly message: string
  /** Name of the tagger. */
  readonly tagger: string | null
}

/** What an annotated tag records, without its words. */
export type TagStamp = Pick<Tag, 'name' | 'commit' | 'annotated' | 'at'>

/** Tags: the registry's events. */
export interface Tags {
  /** Every tag of the repository that leads to a commit, sorted by name; complete in a shallow clone too. */
  list(): Promise<Tag[]>
  /** The annotated ones, for less: ten thousand tags have many words. */
  stamps(): Promise<TagStamp[]>
  /** Creates an annotated tag; null when that name is taken. */
  create(tag: { readonly name: string; readonly commit: string; readonly message: string }): Promise<Tag | null>
}
