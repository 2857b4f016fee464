import type { BinnedColumn } from './binned-table.ts'
import { CategoryScan } from './category-scan.ts'
import { LEAST_HESSIAN, type Split, type SplitRules, type Sums } from './split.ts'

/** Gains at most this large, relative to the leaf's own score, are rounding. */
const LEAST_GAIN = 1e-10

/** Searches a leaf's histogram for the cut with the largest gain in the second-order objective; null where none gains. */
export class SplitFinder {
  readonly #columns: readonly BinnedColumn[]
  readonly #scan = new CategoryScan()
  #gain = 0
  #bin = 0
  #missingLeft = false
  #gradient = 0
  #hessian = 0
  #count = 0

  constructor(columns: readonly BinnedColumn[]) {
    this.#columns = columns
  }

  find(histogram: Float64Array, total: Sums, rules: SplitRules): Split | null {
    const { gradient, hessian, count } = total
    if (count < 2 * rules.minLeaf) return null
    const own = (gradient * gradient) / (hessian + rules.l2)
    const least = LEAST_GAIN * (1 + own)
    let best: Split | null = null
    let bestGain = least
    for (let index = 0; index < this.#columns.length; index++) {
      const column = this.#columns[index]!
      if (column.kind === 'category') {
        const split = this.#scan.find(histogram, column, total, rules, own)
        if (split && split.gain > bestGain) {
          best = { column: index, ...split }
          bestGain = split.gain
        }
        continue
      }
      this.#gain = bestGain
      this.#bin = -1
      const missing = 2 * (column.offset + column.bins)
      const lost = Math.floor(histogram[missing + 1]! / rules.unit)
      this.#scanNumbers(histogram, column, total, rules, own, 0)
      if (lost > 0 && lost < count) this.#scanNumbers(histogram, column, total, rules, own, missing)
      if (this.#bin < 0) continue
      const left = { gradient: this.#gradient, hessian: this.#hessian, count: this.#count }
      const missingLeft = lost > 0 ? this.#missingLeft : this.#count > count - this.#count
      bestGain = this.#gain
      best = { column: index, bin: this.#bin, members: null, missingLeft, gain: bestGain, left }
    }
    return best
  }

  /** Scans upwards; `missing` is the place of the missing bin when it starts on the left, else 0. */
  #scanNumbers(
    histogram: Float64Array,
    column: BinnedColumn,
    total: Sums,
    rules: SplitRules,
    own: number,
    missing: number,
  ): void {
    const { minLeaf, l2, unit } = rules
    const start = 2 * column.offset
    const end = start + 2 * column.bins
    let gradient = missing > 0 ? histogram[missing]! : 0
    let weight = missing > 0 ? histogram[missing + 1]! : 0
    const inverse = 1 / unit
    const wholeGradient = total.gradient
    const wholeHessian = total.hessian
    const most = total.count - minLeaf
    for (let at = start; at < end; at += 2) {
      const more = histogram[at + 1]!
      if (more === 0) continue
      gradient += histogram[at]!
      weight += more
      const count = Math.floor(weight * inverse)
      if (count < minLeaf) continue
      if (count > most) return
      const hessian = weight - count * unit
      const other = wholeHessian - hessian
      if (hessian < LEAST_HESSIAN) continue
      if (other < LEAST_HESSIAN) return
      const rest = wholeGradient - gradient
      const gain = (gradient * gradient) / (hessian + l2) + (rest * rest) / (other + l2) - own
      if (gain > this.#gain) {
        this.#gain = gain
        this.#bin = (at - start) >> 1
        this.#missingLeft = missing > 0
        this.#gradient = gradient
        this.#hessian = hessian
        this.#count = count
      }
    }
  }
}
