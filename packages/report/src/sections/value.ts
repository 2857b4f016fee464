import type { Evaluation } from '@mlwright/domain'
import { type Block, paragraph } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtInterval, fmtNumber, fmtPercent, plural } from '../numbers.ts'

const money = (amount: number | null, unit: string) =>
  `${fmtNumber(amount)} ${/^[A-Z]{3}$/.test(unit) ? unit : code(unit, 20)}`

/** What the decisions are worth, beside the baseline's, and the thresholds that would do better on these rows. */
export function valueAndThresholds(evaluation: Evaluation, baseline: Evaluation | null, context: Context): Block[] {
  const { value, best_thresholds: best, threshold } = evaluation
  const sentences: string[] = []
  if (value) {
    const { per_row: each, unit } = value
    const interval =
      each.low === null ? '' : ` (${fmtPercent(evaluation.level)} interval ${fmtInterval(each.low, each.high)})`
    const before = baseline?.value
      ? `, against ${money(baseline.value.per_row.value, baseline.value.unit)} on ${context.base}`
      : ''
    sentences.push(
      `The decisions are worth ${money(each.value, unit)} per row${interval}${before}: ${money(value.total, unit)} on ${plural(evaluation.rows, 'test row')}.`,
    )
    if (best?.value && best.value.threshold !== threshold)
      sentences.push(
        `On these rows the threshold ${fmtNumber(best.value.threshold)} would bring the most, ${money(best.value.value, unit)} per row.`,
      )
  }
  if (best && best.f1.threshold !== threshold)
    sentences.push(
      `The best threshold for ${code('f1')} on these rows is ${fmtNumber(best.f1.threshold)} (${fmtNumber(best.f1.value)}).`,
    )
  if (sentences.length === 0) return []
  return [paragraph(`**${value ? 'Value' : 'Threshold'}.** ${sentences.join(' ')}`)]
}
