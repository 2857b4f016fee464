/** The sums over a leaf's rows. */
export interface Sums {
  readonly gradient: number
  readonly hessian: number
  readonly count: number
}

/** The best way found to cut a leaf in two. */
export interface Split {
  readonly column: number
  readonly bin: number
  readonly members: Uint8Array | null
  readonly missingLeft: boolean
  readonly gain: number
  readonly left: Sums
}

export interface SplitRules {
  readonly minLeaf: number
  readonly l2: number
  /** The row count's unit in a weight. */
  readonly unit: number
}

/** Least sum of hessians in a leaf, as in scikit-learn and LightGBM. */
export const LEAST_HESSIAN = 1e-3
