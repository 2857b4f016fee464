import type { BinnedTable } from './binned-table.ts'
import { SplitFinder } from './find-split.ts'
import type { HistogramKernel } from './histogram.ts'
import type { Split, SplitRules, Sums } from './split.ts'
import type { TreeNode } from './tree.ts'
import { countOf } from './weights.ts'

/** A leaf: the stretch of `rows` that it holds, and how it would be cut next. */
export interface Leaf {
  from: number
  to: number
  depth: number
  sums: Sums
  split: Split | null
  histogram: Float64Array | null
  /** Where the leaf hangs: its parent's position and side; null for the root. */
  parent: number
  side: 'left' | 'right'
}

export interface GrowRules extends SplitRules {
  readonly leaves: number
  readonly maxDepth: number
}

/** Grows trees leaf by leaf, always cutting the leaf that gains most; keeps its buffers from tree to tree. */
export class TreeGrower {
  readonly #table: BinnedTable
  readonly #kernel: HistogramKernel
  readonly #finder: SplitFinder
  readonly #pool: Float64Array[] = []
  readonly #spare: Int32Array
  /** The training rows; after `grow`, those of one leaf stand together. */
  readonly rows: Int32Array

  constructor(table: BinnedTable, kernel: HistogramKernel, trained: number) {
    this.#table = table
    this.#kernel = kernel
    this.#finder = new SplitFinder(table.columns)
    this.#spare = new Int32Array(trained)
    this.rows = new Int32Array(trained)
  }

  /** Grows one tree from gradient and weight pairs per row. */
  grow(pairs: Float64Array, rules: GrowRules): { nodes: TreeNode[]; leaves: Leaf[] } {
    const { rows } = this
    for (let i = 0; i < rows.length; i++) rows[i] = i
    const nodes: TreeNode[] = []
    const leaves: Leaf[] = [this.#root(pairs, rules)]
    while (leaves.length < rules.leaves) {
      let chosen = -1
      let gain = 0
      for (let i = 0; i < leaves.length; i++) {
        const split = leaves[i]!.split
        if (split && split.gain > gain) {
          gain = split.gain
          chosen = i
        }
      }
      if (chosen < 0) break
      const parent = leaves[chosen]!
      const position = nodes.length
      const split = parent.split!
      nodes.push({ ...split, left: 0, right: 0 })
      if (parent.parent >= 0) nodes[parent.parent]![parent.side] = position
      const [left, right] = this.#cut(parent, split, position)
      leaves[chosen] = left
      leaves.push(right)
      this.#examine(parent, left, right, pairs, rules, leaves.length < rules.leaves)
    }
    leaves.forEach((leaf, index) => {
      if (leaf.parent >= 0) nodes[leaf.parent]![leaf.side] = ~index
      this.#release(leaf)
    })
    return { nodes, leaves }
  }

  #root(pairs: Float64Array, rules: GrowRules): Leaf {
    let gradient = 0
    let weight = 0
    for (let row = 0; row < this.rows.length; row++) {
      gradient += pairs[2 * row]!
      weight += pairs[2 * row + 1]!
    }
    const count = countOf(weight, rules.unit)
    const sums = { gradient, hessian: weight - count * rules.unit, count }
    const histogram = this.#histogram()
    this.#kernel.build(histogram, pairs, this.rows, 0, this.rows.length)
    const split = this.#finder.find(histogram, sums, rules)
    return { from: 0, to: this.rows.length, depth: 0, sums, split, histogram, parent: -1, side: 'left' }
  }

  /** Moves the rows that go left before those that go right, each in their order. */
  #cut(leaf: Leaf, split: Split, parent: number): [Leaf, Leaf] {
    const { rows } = this
    const spare = this.#spare
    const start = (split.column >> 2) * this.#table.rows
    const words = this.#table.words.subarray(start, start + this.#table.rows)
    const shift = (split.column & 3) * 8
    const goesLeft = this.#sides(split)
    let left = leaf.from
    let right = 0
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = rows[i]!
      const side = goesLeft[(words[row]! >>> shift) & 255]!
      rows[left] = row
      spare[right] = row
      left += side
      right += 1 - side
    }
    rows.set(spare.subarray(0, right), left)
    const depth = leaf.depth + 1
    const rest = {
      gradient: leaf.sums.gradient - split.left.gradient,
      hessian: leaf.sums.hessian - split.left.hessian,
      count: leaf.sums.count - split.left.count,
    }
    const child = { depth, split: null, histogram: null, parent }
    return [
      { ...child, from: leaf.from, to: left, sums: split.left, side: 'left' },
      { ...child, from: left, to: leaf.to, sums: rest, side: 'right' },
    ]
  }

  #sides(split: Split): Uint8Array {
    const sides = new Uint8Array(256)
    const { bins } = this.#table.columns[split.column]!
    for (let bin = 0; bin < bins; bin++) sides[bin] = split.members ? split.members[bin]! : bin <= split.bin ? 1 : 0
    sides[bins] = split.missingLeft ? 1 : 0
    return sides
  }

  /** Looks for the children's own cuts: the smaller child is summed up, the larger one is what the parent leaves. */
  #examine(parent: Leaf, left: Leaf, right: Leaf, pairs: Float64Array, rules: GrowRules, more: boolean): void {
    const least = 2 * rules.minLeaf
    const open = more && left.depth < rules.maxDepth
    const [small, large] = left.to - left.from <= right.to - right.from ? [left, right] : [right, left]
    if (open && large.to - large.from >= least) {
      const histogram = this.#histogram()
      this.#kernel.build(histogram, pairs, this.rows, small.from, small.to)
      this.#kernel.subtract(parent.histogram!, histogram)
      large.histogram = parent.histogram
      small.histogram = histogram
      parent.histogram = null
      small.split = this.#finder.find(small.histogram, small.sums, rules)
      large.split = this.#finder.find(large.histogram!, large.sums, rules)
      if (!small.split) this.#release(small)
      if (!large.split) this.#release(large)
    } else this.#release(parent)
  }

  #histogram(): Float64Array {
    return this.#pool.pop() ?? new Float64Array(2 * this.#table.bins)
  }

  #release(leaf: Leaf): void {
    if (leaf.histogram) this.#pool.push(leaf.histogram)
    leaf.histogram = null
  }
}
