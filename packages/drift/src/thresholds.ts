/** Effects from which on a change matters, as shares of rows. */
export interface Thresholds {
  /** Numbers: the largest difference of the distribution functions, or of the shares of bins taken together. */
  readonly numbers: number
  /** Categories: rows that would have to change their category (total variation). */
  readonly categories: number
  /** Change of the share of missing values. */
  readonly missing: number
  /** Share of the current rows with a category that the reference does not have. */
  readonly newCategories: number
  /** Change of the rank correlation of two columns. */
  readonly correlation: number
  /** Area under the ROC curve with which a classifier tells the tables apart. */
  readonly area: number
}

export const defaultThresholds: Thresholds = {
  numbers: 0.05,
  categories: 0.05,
  missing: 0.01,
  newCategories: 0.01,
  correlation: 0.1,
  area: 0.55,
}
