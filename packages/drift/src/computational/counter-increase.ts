import type { Exposition, MetricSample } from './parse-exposition.ts'

const keyOf = ({ name, labels }: MetricSample) =>
  JSON.stringify([name, [...labels].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))])

/**
 * What counters grew by from the first dump to the last, sample by sample; all of it where there is one dump. A counter
 * that is smaller than in the dump before has started again at 0, as Prometheus' `increase` has it.
 */
export function counterIncrease(
  dumps: readonly Exposition[],
  counts: (sample: MetricSample) => boolean,
): MetricSample[] {
  const grown = new Map<string, MetricSample>()
  let before = new Map<string, number>()
  for (const [index, { samples }] of dumps.entries()) {
    const now = new Map<string, number>()
    for (const sample of samples.filter(counts)) {
      const key = keyOf(sample)
      const was = before.get(key) ?? 0
      const step = sample.value >= was ? sample.value - was : sample.value
      const first = index === 0 && dumps.length > 1
      now.set(key, sample.value)
      grown.set(key, { ...sample, value: (grown.get(key)?.value ?? 0) + (first ? 0 : step) })
    }
    before = now
  }
  return [...grown.values()]
}
