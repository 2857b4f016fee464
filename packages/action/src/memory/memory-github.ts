import type { Clock, Deployment, PullRequest, Release, Tag } from '@mlwright/domain'
import { MemoryClock } from './memory-clock.ts'
import { MemoryRefs } from './memory-refs.ts'

/** `owner` is the one that its branch belongs to; `commits` are those that it contains beside its head. */
export type MemoryPull = PullRequest & { readonly owner?: string; readonly commits?: readonly string[] }

export interface Dispatch {
  readonly workflow: string
  readonly branch: string
  readonly inputs: Readonly<Record<string, string>>
}

/** A repository on GitHub in memory: what several runs share, each with ports of its own over it. */
export class MemoryGitHub {
  readonly owner: string
  readonly clock: Clock
  readonly refs: MemoryRefs
  readonly tags = new Map<string, Tag>()
  readonly releases = new Map<number, Release>()
  /** Content of release assets by id. */
  readonly assets = new Map<number, Uint8Array>()
  readonly deployments = new Map<number, Deployment>()
  /** Kinds of protection rules by environment. */
  readonly environments = new Map<string, string[]>()
  readonly pulls: MemoryPull[]
  readonly dispatches: Dispatch[] = []
  /** The release that visitors are shown first. */
  latest: number | null = null
  /** Whether the repository lets GitHub Actions open pull requests. */
  opensPulls = true
  #last = 0

  constructor(
    given: {
      readonly owner?: string
      readonly clock?: Clock
      readonly refs?: MemoryRefs
      readonly pulls?: readonly MemoryPull[]
    } = {},
  ) {
    this.owner = given.owner ?? 'memory'
    this.clock = given.clock ?? new MemoryClock()
    this.refs = given.refs ?? new MemoryRefs()
    this.pulls = [...(given.pulls ?? [])]
  }

  nextId(): number {
    return ++this.#last
  }

  /** Now, in Unix seconds. */
  seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000)
  }
}
