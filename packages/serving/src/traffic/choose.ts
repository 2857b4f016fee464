import type { Policy } from './policy.ts'
import { unitHash } from './unit-hash.ts'

/** Which version answers a request, and which ones see a copy. */
export interface Choice {
  readonly version: string
  readonly role: 'champion' | 'canary' | 'forced'
  readonly shadows: readonly string[]
}

/**
 * Deals a request. Each canary owns a stretch of [0, 100) in the order of the policy, and a key's place there never
 * moves, so whoever has a canary at 5 % still has it at 20 %. A shadow draws by itself. `keyed` gives the value that a key
 * stands for in this request; where there is none the request's id takes its place.
 */
export function choose(policy: Policy, keyed: (key: string) => string | undefined, id: string): Choice {
  let answers: Pick<Choice, 'version' | 'role'> = { version: policy.champion, role: 'champion' }
  let end = 0
  let dealt = false
  const shadows: string[] = []
  for (const challenger of policy.challengers) {
    const key = (challenger.key === undefined ? undefined : keyed(challenger.key)) ?? id
    if (challenger.mode === 'shadow') {
      if (unitHash(`shadow ${challenger.version} ${key}`) * 100 < challenger.percent) shadows.push(challenger.version)
      continue
    }
    end += challenger.percent
    if (dealt || unitHash(`canary ${key}`) * 100 >= end) continue
    dealt = true
    answers = { version: challenger.version, role: 'canary' }
  }
  return { ...answers, shadows: shadows.filter((version) => version !== answers.version) }
}
