import type { Comparison, Run } from '@mlwright/domain'
import { canonicalJson } from './canonical-json.ts'

function leaves(value: unknown, path: string, into: Map<string, string>): Map<string, string> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value))
    for (const [key, item] of Object.entries(value)) leaves(item, path ? `${path}.${key}` : key, into)
  else if (value !== undefined) into.set(path, canonicalJson(value))
  return into
}

function paramsOf(run: Run): Map<string, string> {
  return leaves({ ...run.train, split: run.split, target: run.target }, '', new Map())
}

/** What differs between two runs before any prediction is made: features, params, data. */
export function compareRuns(baseline: Run, candidate: Run): Pick<Comparison, 'features' | 'params' | 'data'> {
  const before = paramsOf(baseline)
  const after = paramsOf(candidate)
  const share = (run: Run, name: string) =>
    run.features.some((feature) => feature.name === name)
      ? (run.importance.find((entry) => entry.feature === name)?.share ?? 0)
      : null
  const names = [...new Set([...candidate.features, ...baseline.features].map((feature) => feature.name))]
  const columns = (run: Run) => new Map(run.dataset.columns.map((column) => [column.name, column.type]))
  const [was, is] = [columns(baseline), columns(candidate)]
  return {
    features: names.map((name) => ({ name, baseline: share(baseline, name), candidate: share(candidate, name) })),
    params: [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) => before.get(path) !== after.get(path))
      .map((path) => ({ path, baseline: before.get(path) ?? null, candidate: after.get(path) ?? null })),
    data: {
      baseline: { digest: baseline.dataset.digest, rows: baseline.dataset.rows },
      candidate: { digest: candidate.dataset.digest, rows: candidate.dataset.rows },
      added: [...is.keys()].filter((name) => !was.has(name)),
      removed: [...was.keys()].filter((name) => !is.has(name)),
      retyped: [...is].flatMap(([name, type]) => {
        const old = was.get(name)
        return old && old !== type ? [{ name, baseline: old, candidate: type }] : []
      }),
    },
  }
}
