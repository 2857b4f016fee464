import type { Check, Checks } from '@mlwright/domain'

/** Check runs in memory: the last one of each name and commit. */
export class MemoryChecks implements Checks {
  readonly published = new Map<string, Check>()

  async publish(check: Check): Promise<string> {
    const url = `memory:check/${check.commit}/${encodeURIComponent(check.name)}`
    this.published.set(url, check)
    return url
  }
}
