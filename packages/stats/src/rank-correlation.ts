import { sampleCorrelation } from 'simple-statistics'
import { averageRanks } from './average-ranks.ts'

/** Spearman's rank correlation; NaN where either side is constant. scipy: spearmanr. */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return x.length < 2 ? Number.NaN : sampleCorrelation(Array.from(averageRanks(x)), Array.from(averageRanks(y)))
}
