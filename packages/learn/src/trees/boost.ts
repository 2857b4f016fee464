import { type BinnedTable, binAt } from './binned-table.ts'
import { TreeGrower } from './grow-tree.ts'
import { histogramKernel } from './histogram.ts'
import type { Objective } from './objective.ts'
import type { Tree } from './tree.ts'

export interface BoostParams {
  readonly rounds: number
  readonly learning_rate: number
  readonly leaves: number
  readonly min_leaf: number
  readonly l2: number
  readonly max_depth: number | null
  readonly early_stopping: number | null
}

/** The leaf that a binned row falls into. */
export function leafOf(tree: Tree, table: BinnedTable, row: number): number {
  let at = tree.nodes.length === 0 ? -1 : 0
  while (at >= 0) {
    const node = tree.nodes[at]!
    const bin = binAt(table, node.column, row)
    const { bins } = table.columns[node.column]!
    const left = bin === bins ? node.missingLeft : node.members ? node.members[bin] === 1 : bin <= node.bin
    at = left ? node.left : node.right
  }
  return ~at
}

/**
 * Boosts trees on the first `trained` rows of a table; the rows after them decide when to stop early. Returns the trees
 * of each round, one per output; the prior is in the first round's leaves.
 */
export async function boost(
  table: BinnedTable,
  trained: number,
  objective: Objective,
  params: BoostParams,
  afterRound: (done: number) => Promise<void>,
): Promise<Tree[][]> {
  const grower = new TreeGrower(table, histogramKernel(table), trained)
  const pairs = new Float64Array(2 * trained)
  const prior = objective.prior()
  const scores = new Float64Array(objective.outputs * table.rows)
  prior.forEach((score, output) => {
    scores.fill(score, output * table.rows, (output + 1) * table.rows)
  })
  const rounds: Tree[][] = []
  let least = Infinity
  let bestRounds = 0
  for (let round = 0; round < params.rounds; round++) {
    objective.prepare(scores)
    const trees = prior.map((base, output) => {
      const weights = objective.gradients(scores, output, pairs)
      const rules = {
        minLeaf: params.min_leaf,
        l2: params.l2,
        unit: weights.unit,
        leaves: params.leaves,
        maxDepth: params.max_depth ?? Infinity,
      }
      const { nodes, leaves } = grower.grow(pairs, rules)
      const start = output * table.rows
      const values = new Float32Array(leaves.length)
      leaves.forEach(({ sums, from, to }, leaf) => {
        const step = nodes.length === 0 ? 0 : (-sums.gradient / (sums.hessian + params.l2)) * params.learning_rate
        values[leaf] = round === 0 ? base + step : step
        const add = round === 0 ? values[leaf]! - base : values[leaf]!
        for (let i = from; i < to; i++) scores[start + grower.rows[i]!]! += add
      })
      const tree: Tree = { nodes, leaves: values }
      for (let row = trained; row < table.rows; row++)
        scores[start + row]! += values[leafOf(tree, table, row)]! - (round === 0 ? base : 0)
      return tree
    })
    if (round > 0 && trees.every((tree) => tree.nodes.length === 0)) break
    rounds.push(trees)
    await afterRound(rounds.length)
    if (params.early_stopping === null || table.rows === trained) continue
    const loss = objective.loss(scores, trained, table.rows)
    if (loss < least) {
      least = loss
      bestRounds = rounds.length
    } else if (rounds.length - bestRounds >= params.early_stopping) break
  }
  return params.early_stopping === null || bestRounds === 0 ? rounds : rounds.slice(0, bestRounds)
}
