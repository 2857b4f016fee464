import type { ChunkMetric } from '@mlwright/domain'
import type { DriftPoint } from './dashboard-input.ts'

/** Some rows that production answered, at one look. */
export interface ProductionChunk {
  /** When they were looked at; Unix seconds. */
  readonly at: number
  /** When the last of them was answered; Unix seconds, null where nothing says it. */
  readonly answered: number | null
  readonly first: number
  readonly last: number
  readonly labelled: number
  readonly metrics: Readonly<Record<string, ChunkMetric>>
}

const secondsOf = (time: string | null | undefined): number | null => {
  const seconds = Date.parse(time ?? '') / 1000
  return Number.isFinite(seconds) ? seconds : null
}

/**
 * The chunks of all looks, oldest first. Where looks overlap in the time of their rows, as those at the last twelve months
 * do each month, an older look's chunk stands as far as its rows were not seen before.
 */
export function productionChunks(history: readonly DriftPoint[]): ProductionChunk[] {
  const chunks: ProductionChunk[] = []
  let seen = Number.NEGATIVE_INFINITY
  for (const { at, report } of history)
    for (const { from, to, first, last, labelled, metrics } of report.performance?.chunks ?? []) {
      const [start, answered] = [secondsOf(from), secondsOf(to)]
      if (start !== null && answered !== null && (start + answered) / 2 <= seen) continue
      if (answered !== null) seen = answered
      chunks.push({ at, answered, first, last, labelled, metrics })
    }
  return chunks
}
