/** An inner node. A child is a node's position, or `~leaf` for a leaf. */
export interface TreeNode {
  readonly column: number
  /** Numbers: bins up to this one go left. */
  readonly bin: number
  /** Categories: 1 for each bin that goes left; null for numbers. */
  readonly members: Uint8Array | null
  readonly missingLeft: boolean
  readonly gain: number
  left: number
  right: number
}

/** One tree over binned columns; node 0 is the root, and a tree without nodes is one leaf. */
export interface Tree {
  readonly nodes: readonly TreeNode[]
  /** What each leaf adds to the score, in float32. */
  readonly leaves: Float32Array
}
