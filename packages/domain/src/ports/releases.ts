export interface ReleaseAsset {
  readonly id: number
  readonly name: string
  readonly bytes: number
  /** Hex SHA-256, or null where the platform did not compute one. */
  readonly sha256: string | null
  /** False while, or after, an upload that did not end. */
  readonly complete: boolean
}

export interface Release {
  readonly id: number
  readonly tag: string
  readonly title: string
  readonly body: string
  readonly draft: boolean
  readonly url: string
  /** Unix seconds; null for a draft. */
  readonly publishedAt: number | null
  readonly assets: readonly ReleaseAsset[]
}

/** Releases and their files. */
export interface Releases {
  /** Every release that this token may see, drafts too, in the order in which they were created. */
  list(): Promise<Release[]>
  /** Creates a draft, even where the tag has one. */
  draft(release: Pick<Release, 'tag' | 'title' | 'body'>): Promise<Release>
  /** Adds a file to a draft, in place of one of that name; a file that is there with the same bytes stays. */
  upload(release: number, name: string, content: Uint8Array): Promise<ReleaseAsset>
  /** Makes a draft public; `latest` makes it the repository's latest release. */
  publish(release: number, latest: boolean): Promise<Release>
  /** Deletes a draft, if it is still there; refuses a published release. */
  discard(release: number): Promise<void>
  download(asset: number): Promise<Uint8Array>
}

/** Releases that are published elsewhere, to read. */
export type PublishedReleases = Pick<Releases, 'list' | 'download'>
