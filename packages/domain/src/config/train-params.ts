import { nearest } from '../nearest.ts'
import type { Train } from './model.ts'

type Algorithm = Extract<Train, { algorithm: string }>['algorithm']

export type Params = Readonly<Record<string, number | string | boolean | null>>

interface Rule {
  readonly default: number | null
  readonly integer?: true
  readonly min: number
  /** True where the minimum itself is not allowed. */
  readonly above?: true
  readonly max: number
}

const rules = {
  'gradient-boosting': {
    rounds: { default: 100, integer: true, min: 1, max: 100_000 },
    learning_rate: { default: 0.1, min: 0, above: true, max: 1 },
    leaves: { default: 31, integer: true, min: 2, max: 4096 },
    min_leaf: { default: 20, integer: true, min: 1, max: 1_000_000_000 },
    l2: { default: 0, min: 0, max: 1e12 },
    bins: { default: 255, integer: true, min: 2, max: 255 },
    max_depth: { default: null, integer: true, min: 1, max: 4096 },
    early_stopping: { default: null, integer: true, min: 1, max: 100_000 },
  },
  'logistic-regression': {
    l2: { default: 1, min: 0, max: 1e12 },
    iterations: { default: 500, integer: true, min: 1, max: 1_000_000 },
  },
  'linear-regression': { l2: { default: 1, min: 0, max: 1e12 } },
  majority: {},
} as const satisfies Record<Algorithm, Record<string, Rule>>

type Value<R> = R extends { default: null } ? number | null : number

/** An algorithm's params with every default filled in. */
export type ParamsOf<A extends Algorithm> = { readonly [K in keyof (typeof rules)[A]]: Value<(typeof rules)[A][K]> }

function bounds(rule: Rule): string {
  const kind = rule.integer ? 'a whole number' : 'a number'
  return `${kind} ${rule.above ? 'above' : 'from'} ${rule.min} ${rule.above ? 'and up to' : 'to'} ${rule.max}${rule.default === null ? ', or null' : ''}`
}

function accepts(rule: Rule, value: unknown): boolean {
  if (value === null) return rule.default === null
  if (typeof value !== 'number' || !(value >= rule.min && value <= rule.max)) return false
  return !(rule.integer && !Number.isInteger(value)) && !(rule.above && value === rule.min)
}

function unknown(algorithm: Algorithm, name: string, known: readonly string[]): string {
  if (known.length === 0) return `${algorithm} takes no params; remove it.`
  const near = nearest(name, known)
  return `${algorithm} has no such param; ${near ? `did you mean ${near}?` : `it takes ${known.join(', ')}.`}`
}

/** What is wrong with an algorithm's params, a sentence for each param. */
export function paramProblems(algorithm: Algorithm, params: Params): Map<string, string> {
  const known: Record<string, Rule> = rules[algorithm]
  const problems = new Map<string, string>()
  for (const [name, value] of Object.entries(params)) {
    const rule = Object.hasOwn(known, name) ? known[name] : undefined
    if (!rule) problems.set(name, unknown(algorithm, name, Object.keys(known)))
    else if (!accepts(rule, value)) problems.set(name, `${JSON.stringify(value)} is not ${bounds(rule)}.`)
  }
  return problems
}

/** The params, which have no problem, with every default filled in. */
export function fillParams<A extends Algorithm>(algorithm: A, params: Params): ParamsOf<A> {
  const known: Record<string, Rule> = rules[algorithm]
  const filled = Object.entries(known).map(([name, rule]) => [name, params[name] ?? rule.default])
  return Object.fromEntries(filled) as ParamsOf<A>
}
