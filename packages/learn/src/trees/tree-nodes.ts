import type { Graph } from '../onnx/graph.ts'
import { byteTensor, floatTensor } from '../onnx/tensors.ts'
import type { BinnedColumn } from './binned-table.ts'
import type { Tree } from './tree.ts'

const LESS_OR_EQUAL = 0
const MEMBER = 6
const SUM = 1

/** A tree that is one leaf, as a cut whose sides agree: TreeEnsemble knows no tree without nodes. */
function withNodes(tree: Tree): Tree {
  if (tree.nodes.length > 0) return tree
  const value = tree.leaves[0]!
  return {
    nodes: [{ column: 0, bin: 0, members: null, missingLeft: true, gain: 0, left: ~0, right: ~1 }],
    leaves: Float32Array.of(value, value),
  }
}

/**
 * Adds one TreeEnsemble (ai.onnx.ml 5) over a float `[N,F]` of encoded columns and returns its raw scores `[N, outputs]`.
 * Categories are codes from 1; a set's members stand in `membership_values`, closed by NaN.
 */
export function treeNodes(
  graph: Graph,
  input: string,
  rounds: readonly (readonly Tree[])[],
  columns: readonly BinnedColumn[],
  outputs: number,
): string {
  const roots: number[] = []
  const features: number[] = []
  const splits: number[] = []
  const modes: number[] = []
  const members: number[] = []
  const missing: number[] = []
  const children = { true: [] as number[], trueLeaf: [] as number[], false: [] as number[], falseLeaf: [] as number[] }
  const targets: number[] = []
  const values: number[] = []
  rounds.forEach((trees, round) => {
    trees.forEach((grown, output) => {
      if (round > 0 && grown.nodes.length === 0) return
      const tree = withNodes(grown)
      const start = features.length
      const leafStart = targets.length
      roots.push(start)
      const place = (child: number) => (child < 0 ? leafStart + ~child : start + child)
      for (const node of tree.nodes) {
        const column = columns[node.column]!
        features.push(node.column)
        splits.push(node.members ? 0 : (column.edges?.[node.bin] ?? 0))
        modes.push(node.members ? MEMBER : LESS_OR_EQUAL)
        missing.push(node.missingLeft ? 1 : 0)
        if (node.members) {
          for (let bin = 0; bin < column.bins; bin++) if (node.members[bin] === 1) members.push(bin + 1)
          members.push(NaN)
        }
        children.true.push(place(node.left))
        children.trueLeaf.push(node.left < 0 ? 1 : 0)
        children.false.push(place(node.right))
        children.falseLeaf.push(node.right < 0 ? 1 : 0)
      }
      for (const value of tree.leaves) {
        targets.push(output)
        values.push(value)
      }
    })
  })
  return graph.node('TreeEnsemble', [input], {
    domain: 'ai.onnx.ml',
    aggregate_function: SUM,
    post_transform: 0,
    n_targets: outputs,
    tree_roots: roots,
    nodes_featureids: features,
    nodes_splits: { tensor: floatTensor(splits, [splits.length]) },
    nodes_modes: { tensor: byteTensor(modes, [modes.length]) },
    nodes_truenodeids: children.true,
    nodes_trueleafs: children.trueLeaf,
    nodes_falsenodeids: children.false,
    nodes_falseleafs: children.falseLeaf,
    nodes_missing_value_tracks_true: missing,
    membership_values: members.length > 0 ? { tensor: floatTensor(members, [members.length]) } : undefined,
    leaf_targetids: targets,
    leaf_weights: { tensor: floatTensor(values, [values.length]) },
  })
}
