import type { Batch, ColumnType, Task } from '@mlwright/domain'

/** Everything a trainer learns from. */
export interface TrainingSet {
  readonly table: Batch
  /** Rows of the table to learn from, in file order. */
  readonly rows: Int32Array
  /** Rows to validate on; may be empty. */
  readonly validation: Int32Array
  /** Per table row: the class position, or the target itself for regression. */
  readonly labels: Float64Array
  readonly task: Task
  /** Class names in the order of the probabilities; empty for regression. */
  readonly classes: readonly string[]
  readonly features: readonly { readonly name: string; readonly type: ColumnType }[]
}

/** A feature's share of what the model uses: gain for trees, standardised coefficients for linear models. */
export interface Importance {
  readonly feature: string
  readonly share: number
}

/** A fitted model: ONNX bytes, and what it relies on, largest first. */
export interface Fitted {
  readonly model: Uint8Array
  readonly importance: Importance[]
}

/** Called after each round with how many are done. */
export type OnProgress = (done: number, total: number) => void
