import type { MetricChange, StrategyResult } from '@mlwright/domain'
import { metricDirection } from '@mlwright/scoring'

/** Whether a candidate keeps on the old holdout what it has to: it loses no more than `maxDrop`, or no more than chance. */
export function keepsOld({ old }: Pick<StrategyResult, 'old'>, primary: string, maxDrop: number | null): boolean {
  const change = old?.metrics[primary]
  if (maxDrop === null || !change || change.change === null) return true
  const drop = metricDirection(primary) === 'higher' ? -change.change : change.change
  return drop <= maxDrop || change.noise
}

/**
 * The rule that picks one of several candidates: the best on the new holdout; among those that chance cannot tell from it,
 * the best on the old one; of equal ones the first, in the order of the strategies. Those that lose more than `maxDrop`
 * on the old holdout are left out. Null where none is left.
 * @param between the change of the primary metric on the new holdout from the first candidate to the second.
 */
export function pickStrategy(
  results: readonly StrategyResult[],
  primary: string,
  maxDrop: number | null,
  between: (from: StrategyResult, to: StrategyResult) => Pick<MetricChange, 'noise'> | null,
): StrategyResult | null {
  const sign = metricDirection(primary) === 'higher' ? 1 : -1
  const value = ({ metrics }: NonNullable<StrategyResult['old']>) => {
    const found = metrics[primary]?.candidate ?? null
    return found === null ? Number.NEGATIVE_INFINITY : sign * found
  }
  const trained = results.filter(({ failure, old }) => failure === null && old !== null)
  const left = trained.filter((result) => keepsOld(result, primary, maxDrop))
  const first = (by: 'old' | 'new', among: readonly StrategyResult[]) =>
    among.reduce<StrategyResult | null>(
      (best, next) => (best === null || value(next[by]!) > value(best[by]!) ? next : best),
      null,
    )
  const best = first('new', left)
  if (best === null) return null
  return first(
    'old',
    left.filter((result) => result === best || (between(result, best)?.noise ?? true)),
  )
}
