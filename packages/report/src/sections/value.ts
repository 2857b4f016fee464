import type { Evaluation } from '@mlwright/domain'
import { type Block, paragraph } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtAmount, fmtLevel, fmtNumber, fmtScore, plural } from '../numbers.ts'

const money = (amount: number | null, unit: string) =>
  `${fmtAmount(amount)} ${/^[A-Z]{3}$/.test(unit) ? unit : code(unit, 20)}`

/** What the decisions are worth, beside the baseline's, and the thresholds that would have done better on these rows. */
export function valueAndThresholds(evaluation: Evaluation, baseline: Evaluation | null, context: Context): Block[] {
  const { value, best_thresholds: best, threshold } = evaluation
  const sentences: string[] = []
  if (value) {
    const { per_row: each, unit } = value
    const interval =
      each.low === null
        ? ''
        : ` (${fmtLevel(evaluation.level)} interval ${fmtAmount(each.low)} to ${fmtAmount(each.high)})`
    const before = baseline?.value
      ? `, against ${money(baseline.value.per_row.value, baseline.value.unit)} on ${context.base}`
      : ''
    sentences.push(
      `The decisions are worth ${money(each.value, unit)} per row${interval}${before}; in total ${money(value.total, unit)} on ${plural(evaluation.rows, 'test row')}.`,
    )
  }
  const better: string[] = []
  if (value && best?.value && best.value.threshold !== threshold)
    better.push(`value at ${fmtScore(best.value.threshold)} (${money(best.value.value, value.unit)} per row)`)
  if (best && best.f1.threshold !== threshold)
    better.push(`${code('f1')} at ${fmtScore(best.f1.threshold)} (${fmtNumber(best.f1.value)})`)
  if (better.length > 0)
    sentences.push(
      `Other thresholds would have done best on these rows: ${better.join(', ')}; they are chosen on the test rows, so expect less.`,
    )
  return sentences.length > 0 ? [paragraph(`**${value ? 'Value' : 'Threshold'}.** ${sentences.join(' ')}`)] : []
}
