/** Which requests fail: all that match, `times` of them (once unless told), after the first `after`. */
export interface FaultMatcher {
  readonly method?: string
  readonly path?: RegExp
  readonly times?: number
  readonly after?: number
}

/** An answer instead of the real one; or the connection breaks before the request is looked at, or when it was done. */
export type Fault =
  | { readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly close: 'before' | 'after' }

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
      if (entry.skip-- > 0) continue
      entry.left--
      return fault
    }
    return null
  }
}
