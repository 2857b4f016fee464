import { type OpenDataset, readTable } from '@mlwright/data'
import { type Column, type PeerDrift, type Ports, UserError } from '@mlwright/domain'
import { type EncodedPair, encodePair, evidentlyDrift, nannymlDrift, nannymlReconstruction } from '@mlwright/drift'

export type PeerMethod = 'evidently' | 'nannyml'

const drifts = { evidently: evidentlyDrift, nannyml: nannymlDrift } as const

/** Infinite numbers as missing ones. */
function finite(column: Column): Column {
  if (column.type === 'string') return column
  return { ...column, values: column.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)) }
}

/** What another tool says of every column that it compares, and NannyML of the columns together. */
export interface PeerJudgement {
  readonly method: PeerMethod
  readonly columns: Map<string, PeerDrift>
  readonly multivariate: PeerDrift | null
}

/** What another tool would say, one column in memory at a time but for what NannyML looks at together. */
export async function peerColumns(
  method: PeerMethod,
  { engine }: Pick<Ports, 'engine'>,
  tables: { readonly reference: OpenDataset | null; readonly current: OpenDataset },
  ignore: ReadonlySet<string>,
): Promise<PeerJudgement> {
  const { reference, current } = tables
  if (reference === null)
    throw new UserError(
      'INPUT_INVALID',
      `The method ${method} needs the reference data itself; a profile is enough for \`calibrated\` only.`,
    )
  const there = new Set(current.dataset.columns.map(({ name }) => name))
  const columns = new Map<string, PeerDrift>()
  const together: EncodedPair[] = []
  for (const { name } of reference.dataset.columns) {
    if (!there.has(name) || ignore.has(name)) continue
    const [before, now] = [await readTable(engine, reference, [name]), await readTable(engine, current, [name])]
    const [a, b] = [finite(before.columns.get(name)!), finite(now.columns.get(name)!)]
    const whole = a.type === 'number' && reference.integers.has(name) && !a.values.some(Number.isNaN)
    const drift = drifts[method]({ reference: a, current: b, whole })
    if (drift !== null) columns.set(name, drift)
    const pair = method === 'nannyml' ? encodePair(a, b) : null
    if (pair !== null) together.push(pair)
  }
  return { method, columns, multivariate: nannymlReconstruction(together) }
}
