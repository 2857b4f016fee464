import type { Evaluation } from '@mlwright/domain'
import { type Block, paragraph } from '../block.ts'
import { code, sentence } from '../code.ts'
import type { Context } from '../context.ts'
import { enumerate, fmtCount, fmtLevel, fmtLimit, fmtPercent, plural } from '../numbers.ts'
import type { ModelReport } from '../report-input.ts'

function classBalance(evaluation: Evaluation): string | null {
  const { class_counts, classes, rows } = evaluation
  if (evaluation.task !== 'classification' || rows === 0) return null
  if (classes.length === 2) return `${fmtPercent((class_counts[classes[1]!] ?? 0) / rows)} ${code(classes[1]!, 40)}`
  const largest = [...classes].sort((a, b) => (class_counts[b] ?? 0) - (class_counts[a] ?? 0)).slice(0, 3)
  const shares = largest.map((name) => `${fmtPercent((class_counts[name] ?? 0) / rows)} ${code(name, 40)}`)
  return `${fmtCount(classes.length)} classes (${classes.length > 3 ? 'largest: ' : ''}${enumerate(shares)})`
}

const units = { row: 'row', group: 'group', block: 'time block' } as const

/** One line: rows, class balance, threshold, level of the intervals, and how the two models were compared. */
export function factsLine(
  model: Pick<ModelReport, 'comparison' | 'baseline'> & { readonly evaluation: Evaluation },
  context: Context,
): Block {
  const { evaluation, comparison, baseline } = model
  const level = fmtLevel(comparison?.level ?? evaluation.level)
  const accuracy = evaluation.majority_metrics.accuracy
  const facts = [
    plural(evaluation.rows, 'test row'),
    classBalance(evaluation),
    accuracy === null || accuracy === undefined
      ? null
      : `the majority class alone is right for ${fmtPercent(accuracy)}`,
    evaluation.threshold === null ? null : `decision threshold ${fmtLimit(evaluation.threshold)}`,
    `${level} intervals${comparison ? ' of the change' : ''}, from ${plural(evaluation.resamples, 'resample')}${comparison ? ` by ${units[comparison.resampling]}` : ''}, cover the sampling of test rows only`,
  ].filter((fact) => fact !== null)
  const sentences = [`${facts.join(' · ')}.`]
  if (comparison) {
    const { both, candidate } = comparison.rows
    if (!comparison.paired)
      sentences.push(
        `The comparison is **unpaired**: the two models could not be scored on the same rows, so only a large change shows.`,
      )
    else if (both === candidate && both === comparison.rows.baseline)
      sentences.push(`Both models are compared on the same ${plural(both, 'row')}.`)
    else
      sentences.push(
        `The two are compared on the ${plural(both, 'row')} that both test splits hold (${context.base} has ${fmtCount(comparison.rows.baseline)}, ${context.here} ${fmtCount(candidate)}); minimum and maximum gates judge all ${fmtCount(evaluation.rows)}.`,
      )
    if (baseline.retrained || comparison.baseline.retrained)
      sentences.push(
        `The model of ${context.base} had no usable record and was trained again for this comparison${baseline.reason === null ? '' : ` (${sentence(baseline.reason)})`}.`,
      )
  }
  return paragraph(sentences.join(' '))
}
