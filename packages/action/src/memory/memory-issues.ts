import type { Issue, Issues } from '@mlwright/domain'

/** Our issues in memory, with their comments. */
export class MemoryIssues implements Issues {
  readonly issues: (Issue & { readonly comments: readonly string[] })[] = []
  #next = 1

  async find(marker: string): Promise<Issue[]> {
    return this.issues.filter(({ body }) => body.includes(marker)).map(({ comments, ...issue }) => issue)
  }

  async create({ title, body }: Pick<Issue, 'title' | 'body'>): Promise<Issue> {
    const marker = /^<!--.*-->(?=\s)/.exec(body)?.[0]
    const [oldest] = marker ? await this.find(marker) : []
    if (oldest) return (await this.update(oldest.number, { title, body, state: 'open' }))!
    const number = this.#next++
    const issue = { number, title, body, open: true, url: `memory:issues/${number}` }
    this.issues.push({ ...issue, comments: [] })
    return issue
  }

  async update(number: number, change: Parameters<Issues['update']>[1]): Promise<Issue | null> {
    const index = this.issues.findIndex((issue) => issue.number === number)
    if (index < 0) return null
    const { state, ...text } = change
    this.issues[index] = { ...this.issues[index]!, ...text, ...(state && { open: state === 'open' }) }
    const { comments, ...issue } = this.issues[index]
    return issue
  }

  async comment(number: number, body: string): Promise<void> {
    const index = this.issues.findIndex((issue) => issue.number === number)
    if (index >= 0) this.issues[index] = { ...this.issues[index]!, comments: [...this.issues[index]!.comments, body] }
  }
}
