import type { CalendarPart } from './calendar.ts'

/** One input of a learner. Rows are positions: the training rows first, the validation rows after them. */
export type EncodedColumn = NumberColumn | CategoryColumn

/** A number, a boolean, or a part of a date; float32 as the graph sees it, NaN where missing. */
export interface NumberColumn {
  readonly kind: 'number'
  /** Position among the features. */
  readonly feature: number
  /** Set where the feature is a date. */
  readonly part: CalendarPart | null
  readonly values: Float32Array
}

/** Text as codes; the code of `categories[k]` is k + 1, and 0 is missing, unseen or too rare. */
export interface CategoryColumn {
  readonly kind: 'category'
  readonly feature: number
  /** Sorted by UTF-8 bytes. */
  readonly categories: readonly string[]
  readonly codes: Int32Array
}
