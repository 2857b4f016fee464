import type { JointProfile } from '@mlwright/domain'

/** The joint sums of a part, and how many rows the part has. */
export interface JointPart {
  readonly rows: number
  readonly joint?: JointProfile | null | undefined
}

const sameColumns = (a: JointProfile, b: JointProfile) => JSON.stringify(a.columns) === JSON.stringify(b.columns)

/**
 * Adds up joint sums: exact where all rows were looked at, or the same share of them; else each part counts by its rows,
 * as a sample of the size that says as much. Null where a part has none, or they were made in different measures.
 */
export function mergeJoint(a: JointPart, b: JointPart): JointProfile | null {
  if (!a.joint || !b.joint || !sameColumns(a.joint, b.joint)) return null
  const parts = [a, b].map(({ rows, joint }) => ({ joint: joint!, share: rows / (a.rows + b.rows) }))
  const rows = Math.round(1 / parts.reduce((sum, { joint, share }) => sum + share ** 2 / joint.rows, 0))
  const factors = parts.map(({ joint, share }) => (share * rows) / joint.rows)
  const add = (name: 'sums' | 'products' | 'squares') =>
    parts[0]!.joint[name].map((sum, i) => Math.round(sum * factors[0]! + parts[1]!.joint[name][i]! * factors[1]!))
  return {
    rows,
    columns: a.joint.columns,
    sums: add('sums'),
    products: add('products'),
    squares: add('squares'),
  }
}
