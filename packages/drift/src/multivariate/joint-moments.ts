import type { JointProfile } from '@mlwright/domain'
import { pairPlace } from './pair-place.ts'

/** Means of scores, and of their products and squared products, by column or pair. */
export interface JointMoments {
  readonly rows: number
  readonly names: readonly string[]
  mean(i: number): number
  product(i: number, k: number): number
  square(i: number, k: number): number
  covariance(i: number, k: number): number
}

/** The moments of some columns of joint sums, in the order in which they are named. */
export function jointMoments({ rows, columns, sums, products, squares }: JointProfile, names: readonly string[]) {
  const at = names.map((name) => columns.findIndex((column) => column.name === name))
  const place = (i: number, k: number) => pairPlace(Math.min(at[i]!, at[k]!), Math.max(at[i]!, at[k]!), columns.length)
  const mean = (i: number) => sums[at[i]!]! / rows
  const product = (i: number, k: number) => products[place(i, k)]! / rows
  return {
    rows,
    names,
    mean,
    product,
    square: (i: number, k: number) => squares[place(i, k)]! / rows,
    covariance: (i: number, k: number) => product(i, k) - mean(i) * mean(k),
  } satisfies JointMoments
}
