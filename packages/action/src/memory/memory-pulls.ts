import type { PullRequest, Pulls } from '@mlwright/domain'

/** Pull requests in memory; `commits` are those that each contains beside its head. */
export class MemoryPulls implements Pulls {
  readonly #pulls: readonly (PullRequest & { readonly owner?: string; readonly commits?: readonly string[] })[]

  constructor(
    pulls: readonly (PullRequest & { readonly owner?: string; readonly commits?: readonly string[] })[] = [],
  ) {
    this.#pulls = pulls
  }

  async get(number: number): Promise<PullRequest | null> {
    return this.#pulls.find((pull) => pull.number === number) ?? null
  }

  async from(owner: string, branch: string): Promise<PullRequest[]> {
    return this.#pulls.filter(
      (pull) => pull.open && pull.head.branch === branch && (pull.owner === undefined || pull.owner === owner),
    )
  }

  async containing(commit: string): Promise<PullRequest[]> {
    return this.#pulls.filter((pull) => pull.head.commit === commit || pull.commits?.includes(commit))
  }
}
