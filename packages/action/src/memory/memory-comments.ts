import type { Comment, Comments } from '@mlwright/domain'

/** Our comments in memory, by the number of their pull request. */
export class MemoryComments implements Comments {
  readonly comments: (Comment & { readonly pullRequest: number })[] = []
  #next = 1

  async find(pullRequest: number, marker: string): Promise<Comment[]> {
    return this.comments
      .filter((comment) => comment.pullRequest === pullRequest && comment.body.includes(marker))
      .map(({ id, body, url }) => ({ id, body, url }))
  }

  async create(pullRequest: number, body: string): Promise<Comment> {
    const marker = /^<!--.*-->(?=\s)/.exec(body)?.[0]
    const [oldest] = marker ? await this.find(pullRequest, marker) : []
    if (oldest) return (await this.update(oldest.id, body))!
    const id = this.#next++
    const comment = { id, body, url: `memory:pull/${pullRequest}#issuecomment-${id}` }
    this.comments.push({ ...comment, pullRequest })
    return comment
  }

  async update(id: number, body: string): Promise<Comment | null> {
    const index = this.comments.findIndex((comment) => comment.id === id)
    if (index < 0) return null
    this.comments[index] = { ...this.comments[index]!, body }
    return { id, body, url: this.comments[index].url }
  }

  async remove(id: number): Promise<void> {
    const index = this.comments.findIndex((comment) => comment.id === id)
    if (index >= 0) this.comments.splice(index, 1)
  }
}
