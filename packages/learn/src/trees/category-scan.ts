import type { BinnedColumn } from './binned-table.ts'
import { LEAST_HESSIAN, type Split, type SplitRules, type Sums } from './split.ts'

/** Added to a category's hessian before categories are put in order, so that rare ones stay near the middle. */
const SMOOTHING = 10
/** Added to `l2` where a column has more categories than `FEW`: subsets overfit more easily than thresholds. */
const EXTRA_L2 = 10
const FEW = 4

/**
 * Finds the subset of categories to send left: in the order of their mean gradients, the best subset is a prefix (Fisher
 * 1958), so one scan is enough. Missing is one more category.
 */
export class CategoryScan {
  readonly #order = new Int32Array(256)
  readonly #keys = new Float64Array(256)

  find(
    histogram: Float64Array,
    column: BinnedColumn,
    total: Sums,
    rules: SplitRules,
    own: number,
  ): Omit<Split, 'column'> | null {
    const present = this.#sort(histogram, column, rules.unit)
    if (present < 2) return null
    const extra = column.bins > FEW ? EXTRA_L2 : 0
    const l2 = rules.l2 + extra
    const floor = extra > 0 ? (total.gradient * total.gradient) / (total.hessian + l2) : own
    const order = this.#order
    let gradient = 0
    let weight = 0
    let best = 0
    let length = 0
    let left: Sums | null = null
    for (let i = 0; i < present - 1; i++) {
      const at = 2 * (column.offset + order[i]!)
      gradient += histogram[at]!
      weight += histogram[at + 1]!
      const count = Math.floor(weight / rules.unit)
      if (count < rules.minLeaf) continue
      if (total.count - count < rules.minLeaf) break
      const hessian = weight - count * rules.unit
      const other = total.hessian - hessian
      if (hessian < LEAST_HESSIAN || other < LEAST_HESSIAN) continue
      const rest = total.gradient - gradient
      const gain = (gradient * gradient) / (hessian + l2) + (rest * rest) / (other + l2) - floor
      if (gain > best) {
        best = gain
        length = i + 1
        left = { gradient, hessian, count }
      }
    }
    if (left === null) return null
    const members = new Uint8Array(column.bins + 1)
    for (let i = 0; i < length; i++) members[order[i]!] = 1
    const someMissing = histogram[2 * (column.offset + column.bins) + 1]! > 0
    const missingLeft = someMissing ? members[column.bins] === 1 : left.count > total.count - left.count
    return { bin: -1, members, missingLeft, gain: best, left }
  }

  /** Puts the bins that have rows in the order of their smoothed mean gradient; returns how many there are. */
  #sort(histogram: Float64Array, column: BinnedColumn, unit: number): number {
    const order = this.#order
    const keys = this.#keys
    let present = 0
    for (let bin = 0; bin <= column.bins; bin++) {
      const at = 2 * (column.offset + bin)
      const weight = histogram[at + 1]!
      if (weight === 0) continue
      const hessian = weight - Math.floor(weight / unit) * unit
      const key = histogram[at]! / (hessian + SMOOTHING)
      let place = present++
      for (; place > 0 && keys[place - 1]! > key; place--) {
        keys[place] = keys[place - 1]!
        order[place] = order[place - 1]!
      }
      keys[place] = key
      order[place] = bin
    }
    return present
  }
}
