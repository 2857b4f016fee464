/** Which requests fail: of those that match, after the first `after`, every one, or every `every`-th, `times` of them (once unless told). */
export interface FaultMatcher {
  readonly method?: string
  readonly path?: RegExp
  readonly times?: number
  readonly after?: number
  readonly every?: number
}

/** An answer instead of the real one. */
export interface WrongAnswer {
  readonly status: number
  readonly message?: string
  /** Instead of GitHub's usual `{ message }`. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A wrong answer, or a connection that breaks before the request is looked at, or when it was done. */
export type Fault = WrongAnswer | { readonly close: 'before' | 'after' }

/** Faults that wait for their request. */
export class Faults {
  readonly #waiting: { readonly matcher: FaultMatcher; readonly fault: Fault; left: number; skip: number }[] = []

  add(matcher: FaultMatcher, fault: Fault): void {
    this.#waiting.push({ matcher, fault, left: matcher.times ?? 1, skip: matcher.after ?? 0 })
  }

  take(method: string, path: string): Fault | null {
    for (const entry of this.#waiting) {
      const { matcher, fault } = entry
      if (entry.left === 0 || (matcher.method && matcher.method !== method)) continue
      if (matcher.path && !matcher.path.test(path)) continue
      if (entry.skip-- > 0 || entry.skip % (matcher.every ?? 1) !== 0) continue
      entry.left--
      return fault
    }
    return null
  }
}
