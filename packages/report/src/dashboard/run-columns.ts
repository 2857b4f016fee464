import type { DashboardRun } from './dashboard-input.ts'

/** So many columns a table holds with ease. */
const most = 60

type Value = number | string | null

/** What a run was trained with: the trainer, its seed and its params. */
export function paramsOf({ run: { train } }: DashboardRun): ReadonlyMap<string, Value> {
  const own = Object.entries(train.params).map(([name, value]): [string, Value] => [
    name,
    typeof value === 'boolean' ? String(value) : value,
  ])
  return new Map<string, Value>([...own, ['seed', train.seed]])
}

/** A run's metrics. */
export const metricsOf = ({ evaluation }: DashboardRun): ReadonlyMap<string, Value> =>
  new Map(Object.entries(evaluation?.metrics ?? {}).map(([name, { value }]) => [name, value]))

/** Names that some runs have, those of the newest run first. */
export function namesIn(
  runs: readonly DashboardRun[],
  values: (run: DashboardRun) => ReadonlyMap<string, unknown>,
): { readonly names: string[]; readonly left: number } {
  const all = [...new Set(runs.toReversed().flatMap((run) => [...values(run).keys()]))]
  return { names: all.slice(0, most), left: Math.max(0, all.length - most) }
}

/** The primary metric of the newest run that was evaluated. */
export const primaryOf = (runs: readonly DashboardRun[]): string | null =>
  runs.findLast(({ evaluation }) => evaluation !== null)?.evaluation?.primary ?? null
