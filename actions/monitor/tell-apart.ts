import { type OpenDataset, sampleRows } from '@mlwright/data'
import type { ColumnType, Engine, Profile } from '@mlwright/domain'
import {
  type Classifier,
  classifierTest,
  defaultThresholds,
  type RowComparisons,
  reconstructionTest,
} from '@mlwright/drift'
import { heldOutScores } from '@mlwright/learn'

/** Rows of each table that are looked at, drawn by this seed: half of them show an area of 0.55 beyond doubt. */
const most = 5_000
const seed = 1
/** Small trees that stop early enough not to learn rows by heart. */
const params = { rounds: 40, leaves: 8, min_leaf: 20, learning_rate: 0.1 } as const

/** Learns with the built-in trainer. */
function classifier(features: readonly { readonly name: string; readonly type: ColumnType }[]): Classifier {
  return async ({ table, labels, learn, judge, seed: own }) => {
    const classes = ['reference', 'current']
    const set = { table, rows: learn, validation: judge, labels, task: 'classification' as const, classes, features }
    const { scores, importance } = await heldOutScores(set, params, own)
    return { scores, importance: importance.map(({ feature, share }) => ({ column: feature, share })) }
  }
}

/**
 * Whether a classifier, or principal components, can tell the tables apart by the columns that both have. Dates move on by themselves
 * and are left out; so are names and ids, of which rows in both tables would be known and all others new.
 */
export async function tellApart(
  engine: Engine,
  tables: readonly [reference: OpenDataset, current: OpenDataset],
  profiles: readonly [reference: Profile, current: Profile],
  ignore: ReadonlySet<string>,
): Promise<RowComparisons | null> {
  const types = new Map(profiles[1].columns.map(({ name, type }) => [name, type]))
  const features = profiles[0].columns
    .filter(({ name, type }) => type !== 'date' && types.get(name) === type && !ignore.has(name))
    .filter(({ categories }) => categories === null || categories.other === 0)
    .map(({ name, type }) => ({ name, type }))
  if (features.length < 2 || profiles.some(({ rows }) => rows === 0)) return null
  const names = features.map(({ name }) => name)
  const { table, first } = await sampleRows(engine, tables, names, most, seed)
  const rows = { table, reference: first, seed }
  return {
    classifier: await classifierTest(rows, classifier(features), defaultThresholds.area),
    reconstruction: reconstructionTest(rows, defaultThresholds.numbers),
  }
}
