import { type OpenDataset, readTable } from '@mlwright/data'
import { type Column, type PeerDrift, type Ports, UserError } from '@mlwright/domain'
import { evidentlyDrift, nannymlDrift } from '@mlwright/drift'

export type PeerMethod = 'evidently' | 'nannyml'

const drifts = { evidently: evidentlyDrift, nannyml: nannymlDrift } as const

/** Infinite numbers as missing ones. */
function finite(column: Column): Column {
  if (column.type === 'string') return column
  return { ...column, values: column.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)) }
}

/** What another tool would say of every column that it compares, one column in memory at a time. */
export async function peerColumns(
  method: PeerMethod,
  { engine }: Pick<Ports, 'engine'>,
  tables: { readonly reference: OpenDataset | null; readonly current: OpenDataset },
  ignore: ReadonlySet<string>,
): Promise<Map<string, PeerDrift>> {
  const { reference, current } = tables
  if (reference === null)
    throw new UserError(
      'INPUT_INVALID',
      `The method ${method} needs the reference data itself; a profile is enough for \`calibrated\` only.`,
    )
  const there = new Set(current.dataset.columns.map(({ name }) => name))
  const results = new Map<string, PeerDrift>()
  for (const { name } of reference.dataset.columns) {
    if (!there.has(name) || ignore.has(name)) continue
    const [before, now] = [await readTable(engine, reference, [name]), await readTable(engine, current, [name])]
    const [a, b] = [finite(before.columns.get(name)!), finite(now.columns.get(name)!)]
    const whole = a.type === 'number' && reference.integers.has(name) && !a.values.some(Number.isNaN)
    const drift = drifts[method]({ reference: a, current: b, whole })
    if (drift !== null) results.set(name, drift)
  }
  return results
}
