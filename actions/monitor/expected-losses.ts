import { type OpenDataset, readNumberedRows } from '@mlwright/data'
import type { Column, ColumnType, Engine } from '@mlwright/domain'
import type { ExpectedLosses, NumberSample } from '@mlwright/drift'
import { heldOutScores } from '@mlwright/learn'
import { rowsOfColumn } from '../common/rows-of-column.ts'

/** Answers, and the table that they stand in, where it is at hand. */
export interface LossSide {
  readonly sample: NumberSample
  readonly table: { readonly opened: OpenDataset; readonly places: Float64Array } | null
}

/** Rows to learn from, and rows whose loss is foretold: enough for a mean. */
const most = { reference: 20_000, current: 50_000 } as const
/** Fewer rows teach no trees. */
const fewest = 100
const params = { rounds: 60, leaves: 16, min_leaf: 20, learning_rate: 0.1 } as const
const seed = 1

/** The answered rows by their place in the file, thinned to at most about `most`. */
function thinned({ sample, table }: LossSide, known: (row: number) => boolean, most: number) {
  const places = table?.places ?? Float64Array.from(sample.predictions, (_, row) => row + 1)
  const every = Math.max(1, Math.ceil(places.length / most))
  const rows = Int32Array.from(places, (_, row) => row).filter((row) => places[row]! % every === 0 && known(row))
  return { every, rows: rows.sort((a, b) => places[a]! - places[b]!), places }
}

/** The rows of a batch of two tables that stand at some places of each. */
function rowsAt(
  read: readonly [Float64Array, Float64Array],
  wanted: readonly [Float64Array, Float64Array],
): Int32Array {
  const rows = wanted.flatMap((places, part) => {
    const first = part === 0 ? 0 : read[0].length
    const rowOf = new Map(Array.from(read[part]!, (place, row) => [place, first + row] as const))
    return Array.from(places, (place) => rowOf.get(place)!)
  })
  return Int32Array.from(rows)
}

/**
 * The absolute and squared errors to expect of the current rows, by trees that learn those of the reference's labelled
 * rows from the prediction and, where both tables are at hand, from the features. NannyML: direct loss estimation. Null
 * where the reference has too few labelled rows.
 */
export async function expectedLosses(
  engine: Engine,
  reference: LossSide,
  current: LossSide,
  features: readonly { readonly name: string; readonly type: ColumnType }[],
): Promise<ExpectedLosses | null> {
  const errors = reference.sample.predictions.map((each, row) => each - reference.sample.labels[row]!)
  const learn = thinned(reference, (row) => !Number.isNaN(errors[row]!), most.reference)
  const judge = thinned(current, (row) => !Number.isNaN(current.sample.predictions[row]!), most.current)
  if (learn.rows.length < fewest || judge.rows.length === 0) return null
  const all = learn.rows.length + judge.rows.length
  const predictions = new Float64Array(all)
  predictions.set(Float64Array.from(learn.rows, (row) => reference.sample.predictions[row]!))
  predictions.set(
    Float64Array.from(judge.rows, (row) => current.sample.predictions[row]!),
    learn.rows.length,
  )
  const columns = new Map<string, Column>([['', { type: 'number', values: predictions }]])
  const known: { readonly name: string; readonly type: ColumnType }[] = [{ name: '', type: 'number' }]
  if (reference.table && current.table && features.length > 0) {
    const tables = [
      { opened: reference.table.opened, every: learn.every },
      { opened: current.table.opened, every: judge.every },
    ] as const
    const names = features.map(({ name }) => name)
    const { table, places } = await readNumberedRows(engine, tables, names)
    const placesOf = ({ rows, places }: typeof learn) => Float64Array.from(rows, (row) => places[row]!)
    const both = rowsAt(places, [placesOf(learn), placesOf(judge)])
    for (const { name } of features) columns.set(name, rowsOfColumn(table.columns.get(name)!, both))
    known.push(...features)
  }
  const rows = Int32Array.from({ length: learn.rows.length }, (_, row) => row)
  const validation = Int32Array.from({ length: judge.rows.length }, (_, row) => learn.rows.length + row)
  const foretell = async (loss: (error: number) => number) => {
    const labels = new Float64Array(all)
    for (const [place, row] of learn.rows.entries()) labels[place] = loss(errors[row]!)
    const task = 'regression' as const
    const set = { table: { rows: all, columns }, rows, validation, labels, task, classes: [], features: known }
    const { scores } = await heldOutScores(set, params, seed)
    const found = new Float64Array(current.sample.predictions.length).fill(Number.NaN)
    for (const [place, row] of judge.rows.entries()) found[row] = scores[place]!
    return found
  }
  return { absolute: await foretell(Math.abs), squared: await foretell((error) => error * error) }
}
