import { type Operator, operators } from './odcs-quality.ts'

export type RuleValue = number | string | boolean | null

/** What a measured value has to be. */
export interface Threshold {
  /** The condition in words, to stand after "it must be". */
  readonly text: string
  /** Whether a value fits; `bound` where it is one end of a range, which the standard's text leaves out. */
  judge(value: RuleValue): 'holds' | 'broken' | 'bound'
  /** Every number that the contract compares with. */
  readonly numbers: readonly RuleValue[]
}

const number = (value: RuleValue) => (typeof value === 'number' ? value : Number.NaN)
const yes = (holds: boolean) => (holds ? 'holds' : 'broken')

/** The threshold of a rule with exactly one operator. A value that is missing or no number breaks every comparison. */
export function thresholdOf(rule: Readonly<Record<string, unknown>>): Threshold {
  const operator = Object.keys(rule).find((key): key is Operator => key in operators)!
  const given = rule[operator] as RuleValue | [number, number]
  if (Array.isArray(given)) {
    const [low, high] = given
    const inside = operator === 'mustBeBetween'
    return {
      text: `${inside ? '' : 'not '}between ${low} and ${high}`,
      numbers: given,
      judge(value) {
        const measured = number(value)
        if (measured === low || measured === high) return 'bound'
        return yes(inside ? measured > low && measured < high : measured < low || measured > high)
      },
    }
  }
  const limit = number(given)
  const comparisons: Record<string, [string, (value: RuleValue) => boolean]> = {
    mustBe: [`${given}`, (value) => value === given],
    mustNotBe: [`other than ${given}`, (value) => value !== null && value !== given],
    mustBeGreaterThan: [`greater than ${given}`, (value) => number(value) > limit],
    mustBeGreaterOrEqualTo: [`at least ${given}`, (value) => number(value) >= limit],
    mustBeLessThan: [`less than ${given}`, (value) => number(value) < limit],
    mustBeLessOrEqualTo: [`at most ${given}`, (value) => number(value) <= limit],
  }
  const [text, holds] = comparisons[operator]!
  return { text, numbers: [given], judge: (value) => yes(holds(value)) }
}
