export interface Issue {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly open: boolean
  readonly url: string
}

/** Our issues: those that the account of the token opened. */
export interface Issues {
  /** Open and closed ones whose body contains a marker, over all pages, oldest first. */
  find(marker: string): Promise<Issue[]>
  /** A body begins with its marker, `<!-- … -->` and a line break. Where another run of ours was faster, the oldest issue with that marker is kept, with this text, and returned. */
  create(issue: Pick<Issue, 'title' | 'body'>): Promise<Issue>
  /** Null where the issue was deleted. */
  update(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: 'open' | 'closed' },
  ): Promise<Issue | null>
  /** Adds a comment, which everybody who watches the issue is told of. */
  comment(number: number, body: string): Promise<void>
}
