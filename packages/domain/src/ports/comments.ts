export interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
}

/** Our comments on a pull request. */
export interface Comments {
  /** Our comments that contain a marker, over all pages, oldest first. */
  find(pullRequest: number, marker: string): Promise<Comment[]>
  /** A body begins with its marker, `<!-- … -->` and a line break. Where another run of ours was faster, the oldest comment with that marker is kept, with this body, and returned. */
  create(pullRequest: number, body: string): Promise<Comment>
  /** Null when the comment was deleted meanwhile. */
  update(id: number, body: string): Promise<Comment | null>
  remove(id: number): Promise<void>
}
