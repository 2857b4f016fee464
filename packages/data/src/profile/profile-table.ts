import type { ColumnProfile, DatasetColumn, Engine, JointProfile, Profile } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import { chooseEdges, type Edges } from './choose-edges.ts'
import { explained } from './explained.ts'
import { listingOf, withoutRare } from './list-categories.ts'
import { measureCategories } from './measure-categories.ts'
import { measureJoint } from './measure-joint.ts'
import { measureNumbers } from './measure-numbers.ts'
import { isNumeric } from './number-sql.ts'
import { sampleNumbers } from './sample-numbers.ts'

type Known = (column: DatasetColumn) => ColumnProfile | undefined

/** Edges of the reference, and own ones for what it does not have. */
async function edgesOf(engine: Engine, opened: OpenDataset, columns: readonly DatasetColumn[], known: Known) {
  const open = columns.filter((column) => !known(column)?.numbers)
  const samples = await sampleNumbers(engine, opened, open)
  const chosen = new Map(open.map(({ name }, i) => [name, chooseEdges(samples[i]!)]))
  return columns.map((column): Edges => known(column)?.numbers ?? chosen.get(column.name)!)
}

interface Wanted {
  readonly known: Known
  /** The joint information of the reference; undefined makes a profile of its own, null none. */
  readonly earlier: JointProfile | null | undefined
  /** Whether the different values of numbers are counted. */
  readonly distinct: boolean
}

async function profile(engine: Engine, opened: OpenDataset, { known, earlier, distinct }: Wanted): Promise<Profile> {
  const { name, digest, rows, columns } = opened.dataset
  const numeric = columns.filter(isNumeric)
  const others = columns.filter((column) => !isNumeric(column))
  const found = new Map<string, Omit<ColumnProfile, 'name' | 'type' | 'missing'>>()
  if (rows > 0) {
    const edges = await edgesOf(engine, opened, numeric, known)
    const numbers = await measureNumbers(engine, opened, numeric, edges, distinct)
    for (const [i, column] of numeric.entries()) found.set(column.name, { ...numbers[i]!, categories: null })
    const references = others.map((column) => known(column)?.categories ?? null)
    const counted = await measureCategories(engine, opened, others, references.map(listingOf))
    for (const [i, column] of others.entries()) {
      const categories = withoutRare(counted[i]!, references[i]!)
      found.set(column.name, { ...counted[i]!, numbers: null, categories })
    }
  }
  const nothing = { count: 0, distinct: 0, numbers: null, categories: null }
  const all = columns.map((column): ColumnProfile => {
    const facts = found.get(column.name) ?? nothing
    return { name: column.name, type: column.type, missing: rows - facts.count, ...facts }
  })
  // In an earlier measure a column counts only where it is what it was.
  const alike = earlier ? all.filter(({ name, type }) => known({ name, type }) !== undefined) : all
  return {
    kind: 'Profile',
    version: 1,
    dataset: { name, digest },
    rows,
    columns: all,
    joint: earlier === null ? null : await measureJoint(engine, opened, alike, earlier ?? null),
  }
}

/**
 * The profile of a dataset, on edges of its own: a sample for the edges, then one scan of the numbers and one of the
 * texts; without `distinct` the different values of numbers are not counted, which no test asks for. Throws `UserError`
 * DATA_UNUSABLE when the files are damaged.
 */
export function profileTable(
  engine: Engine,
  opened: OpenDataset,
  { distinct = true }: { readonly distinct?: boolean } = {},
): Promise<Profile> {
  return explained(opened, () => profile(engine, opened, { known: () => undefined, earlier: undefined, distinct }))
}

/**
 * The profile of a dataset on the edges and categories of an earlier one, so that the two can be compared or merged:
 * one scan of the numbers, whose different values are not counted, and one of the texts. Throws `UserError` DATA_UNUSABLE when the files are damaged.
 */
export function profileAgainst(engine: Engine, opened: OpenDataset, reference: Profile): Promise<Profile> {
  const columns = new Map(reference.columns.map((column) => [column.name, column]))
  const known: Known = ({ name, type }) => {
    const column = columns.get(name)
    return column?.type === type ? column : undefined
  }
  return explained(opened, () => profile(engine, opened, { known, earlier: reference.joint ?? null, distinct: false }))
}
