import type { Comparison } from '@mlwright/domain'
import { type Block, details, paragraph, table } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtCount, fmtScore } from '../numbers.ts'

/** `41 of 1,409 predictions changed: 24 now right, 17 now wrong`, and the largest folded. */
export function flips(comparison: Comparison, context: Context): Block[] {
  const found = comparison.flips
  if (!found) return []
  const rows = fmtCount(comparison.rows.both)
  if (found.changed === 0) return [paragraph(`**Flips.** None of ${rows} predictions changed.`)]
  const other = found.changed - found.right - found.wrong
  const parts = [
    `${fmtCount(found.right)} now right`,
    `${fmtCount(found.wrong)} now wrong`,
    ...(other > 0 ? [`${fmtCount(other)} wrong in another way`] : []),
  ]
  const line = paragraph(`**Flips.** ${fmtCount(found.changed)} of ${rows} predictions changed: ${parts.join(', ')}.`)
  if (found.largest.length === 0) return [line]
  const largest = found.largest.slice(0, 10)
  const head = ['row', 'actual', context.base, context.here, 'score']
  return [
    line,
    details(largest.length === 1 ? 'The largest flip' : `The ${largest.length} largest flips`, [
      table(
        head,
        'lllll',
        largest.map((flip) => [
          code(flip.key.slice(0, 8)),
          code(flip.label, 40),
          code(flip.baseline, 40),
          `${code(flip.candidate, 40)} ${flip.candidate === flip.label ? '✓' : '✗'}`,
          `${fmtScore(flip.baseline_score)} → ${fmtScore(flip.candidate_score)}`,
        ]),
      ),
    ]),
  ]
}
