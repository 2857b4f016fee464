import type { Batch, Column, Finding, Task } from '@mlwright/domain'
import { rankCorrelation, rocAuc } from '@mlwright/stats'
import { warning } from './warning.ts'

/** Above this one feature alone says almost everything: it most likely knows the answer. */
const suspicious = 0.99
/** Rows that a feature is looked at on; more would tell no more. */
const enough = 50_000

export interface LabelledData {
  readonly table: Batch
  readonly labels: Float64Array
  readonly classes: readonly string[]
  readonly task: Task
  readonly features: readonly { readonly name: string }[]
  readonly train: Int32Array
  readonly test: Int32Array
}

/** A score per row: the value itself, or for a category how often it comes with the target. Missing is the mean. */
function asScores(column: Column, rows: Int32Array, target: Float64Array): Float64Array {
  if (column.type !== 'string') {
    const values = Float64Array.from(rows, (row) => column.values[row]!)
    const known = values.filter(Number.isFinite)
    const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(known.length, 1)
    return values.map((value) => (Number.isFinite(value) ? value : mean))
  }
  const size = column.dictionary.length + 1
  const sums = new Float64Array(size)
  const counts = new Float64Array(size)
  for (const [i, row] of rows.entries()) {
    const code = column.codes[row]! + 1
    sums[code]! += target[i]!
    counts[code]!++
  }
  // Categories that occur once would know their own row's answer.
  const overall = target.reduce((sum, value) => sum + value, 0) / target.length
  return Float64Array.from(rows, (row) => {
    const code = column.codes[row]! + 1
    return counts[code]! < 5 ? overall : sums[code]! / counts[code]!
  })
}

const missingness = (column: Column, rows: Int32Array) =>
  Uint8Array.from(rows, (row) =>
    (column.type === 'string' ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!)) ? 1 : 0,
  )

/** ROC AUC in whichever direction is better. */
function separation(target: Float64Array, scores: ArrayLike<number>): number {
  const auc = rocAuc(target, scores)()
  return Math.max(auc, 1 - auc) || 0
}

function revealing({ classes, features, labels, table, task, train }: LabelledData): Finding[] {
  const rows = train.subarray(0, enough)
  const targets =
    task === 'regression'
      ? [Float64Array.from(rows, (row) => labels[row]!)]
      : (classes.length === 2 ? [1] : classes.map((_, k) => k)).map((k) =>
          Float64Array.from(rows, (row) => (labels[row] === k ? 1 : 0)),
        )
  return features.flatMap(({ name }) => {
    const column = table.columns.get(name)
    if (!column) return []
    const missing = missingness(column, rows)
    const strength = Math.max(
      ...targets.map((target) => {
        const scores = asScores(column, rows, target)
        if (task === 'regression') return Math.abs(rankCorrelation(scores, target)) || 0
        return Math.max(separation(target, scores), separation(target, missing))
      }),
    )
    if (strength <= suspicious) return []
    const measure =
      task === 'regression'
        ? `a rank correlation of ${strength.toFixed(3)} with the target`
        : `a ROC AUC of ${strength.toFixed(3)}`
    return warning(
      'leakage',
      name,
      `The feature ${name} alone reaches ${measure}; check that it is known when the model has to predict.`,
    )
  })
}

/** The values of one row's features as text, equal for equal rows. */
function rowText(columns: readonly Column[], row: number): string {
  return columns.map((column) => (column.type === 'string' ? column.codes[row]! : column.values[row]!)).join('\u0001')
}

function shared({ features, table, test, train }: LabelledData): Finding[] {
  const columns = features.flatMap(({ name }) => table.columns.get(name) ?? [])
  const seen = new Set(Array.from(train, (row) => rowText(columns, row)))
  const count = test.reduce((sum, row) => sum + (seen.has(rowText(columns, row)) ? 1 : 0), 0)
  if (count === 0) return []
  const share = count / test.length
  const percent = `${(100 * share).toFixed(1)} %`
  return [
    warning(
      'train-test-overlap',
      null,
      `${count === 1 ? 'One test row' : `${count.toLocaleString('en-US')} test rows`} (${percent}) ${count === 1 ? 'has' : 'have'} the same feature values as a training row; split by group, or remove duplicates, if they are the same thing twice.`,
      count,
      share,
    ),
  ]
}

/** Signs that the test split knows too much: a feature that almost is the target, and rows on both sides. */
export function leakageFindings(data: LabelledData): Finding[] {
  return [...revealing(data), ...shared(data)]
}
