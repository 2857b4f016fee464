import { type Block, paragraph } from '../block.ts'
import { code } from '../code.ts'
import type { Context } from '../context.ts'
import { fmtNumber } from '../numbers.ts'

const bars = '▁▂▃▄▅▆▇█'

/** Values as a line of bars from the least to the greatest; a dot where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value))
  const least = Math.min(...known)
  const range = Math.max(...known) - least
  return values
    .map((value) => {
      if (value === null || !Number.isFinite(value)) return '·'
      return range === 0 ? bars[3] : bars[Math.round(((value - least) / range) * 7)]
    })
    .join('')
}

/** The primary metric's last ten runs on the default branch. */
export function history(values: readonly (number | null)[], metric: string, context: Context): Block[] {
  const last = values.slice(-10)
  const known = last.filter((value): value is number => value !== null && Number.isFinite(value))
  if (known.length < 2) return []
  const range = `between ${fmtNumber(Math.min(...known))} and ${fmtNumber(Math.max(...known))}, last ${fmtNumber(known.at(-1)!)}`
  return [
    paragraph(
      `**History.** ${code(metric)} in the last ${last.length} runs on ${context.base}: ${code(sparkline(last))} (${range}).`,
    ),
  ]
}
