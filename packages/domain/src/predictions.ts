import type { Column } from './batch.ts'
import type { Task } from './config/model.ts'

/** What a model answered for some rows, beside what was true. */
export interface Predictions {
  readonly task: Task
  /** Classes in the order of the scores; for two, the positive one is last. Empty for regression. */
  readonly classes: readonly string[]
  /** One id per row (32 hex digits once salted); null where rows cannot be told apart. */
  readonly keys: readonly string[] | null
  /** Class positions, or the target itself for regression. */
  readonly labels: Float64Array
  /** rows × classes in row-major order, or one prediction per row for regression; null where a tool left decisions only. */
  readonly scores: Float64Array | null
  /** Class positions that a tool decided by itself; null where the scores decide. */
  readonly decisions: Int32Array | null
  /** Columns whose values are judged one by one, and those that resampling keeps together. */
  readonly columns: ReadonlyMap<string, Column>
}
