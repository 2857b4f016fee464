import { z } from 'zod'
import { ColumnType } from './dataset.ts'

/** Numbers, or dates as days since 1970-01-01, by moments and by exact counts on edges. */
export const NumberProfile = z.object({
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Standard deviation of the values themselves (divided by their number). */
  sd: z.number().nonnegative(),
  /** True where every edge is a value that occurs, and (nearly) all values are on one. */
  discrete: z.boolean(),
  /** In rising order; at most 255 of about equal counts when they were chosen, or up to 256 single values. */
  edges: z.array(z.number()),
  /** Values in (−∞, e₁], (e₁, e₂], …, (eₖ, ∞): one more than edges. */
  counts: z.array(z.number().int().nonnegative()),
  /** Of a discrete column, values that are on no edge; absent in others, and in older profiles. */
  off_edges: z.number().int().nonnegative().optional(),
})
export type NumberProfile = z.infer<typeof NumberProfile>

/** Texts or booleans by exact counts: all values where they are few, else those of at least five rows. */
export const CategoryProfile = z.object({
  /** [value, count] by falling count. */
  top: z.array(z.tuple([z.string(), z.number().int().positive()])),
  /** Rows with any other value, and how many of those there are; 0 where `top` has them all. */
  other: z.number().int().nonnegative(),
  other_distinct: z.number().int().nonnegative(),
  /** All rows by the first byte of the MD5 of their value, modulo 32: cells that no data has chosen. */
  buckets: z.array(z.number().int().nonnegative()).length(32),
})
export type CategoryProfile = z.infer<typeof CategoryProfile>

/** One column; `numbers` and `categories` are null where nothing is present, or the other one says it. */
export const ColumnProfile = z.object({
  name: z.string(),
  type: ColumnType,
  /** Rows with a value, and without; infinite numbers count as missing. */
  count: z.number().int().nonnegative(),
  missing: z.number().int().nonnegative(),
  /** Different values: exact for categories, else an estimate within a few percent; null where nobody counted them. */
  distinct: z.number().int().nonnegative().nullable(),
  numbers: NumberProfile.nullable(),
  categories: CategoryProfile.nullable(),
})
export type ColumnProfile = z.infer<typeof ColumnProfile>

/**
 * How numbers, booleans and texts of few values go together, from all rows or a random sample. Each value counts by the
 * place of its bin among the edges, or among `values`, in whole tenths of the first profile's standard deviation of places, so that
 * sums are exact and can be merged; a missing value counts as 0.
 */
export const JointProfile = z.object({
  /** Rows that were looked at. */
  rows: z.number().int().positive(),
  /** At least two; the place that counts as 0, and places per standard deviation. */
  columns: z
    .array(
      z.object({
        name: z.string(),
        centre: z.number(),
        scale: z.number().positive(),
        /** Of a text, its values. */
        values: z.array(z.string()).optional(),
      }),
    )
    .min(2),
  /** Sums of each column. */
  sums: z.array(z.number().int()),
  /** Sums of the products of each pair, and of their squares: (1, 1), (1, 2), …, (2, 2), (2, 3), … */
  products: z.array(z.number().int()),
  squares: z.array(z.number().int().nonnegative()),
})
export type JointProfile = z.infer<typeof JointProfile>

/** What a dataset's columns look like, without its rows: enough to test later data against it. */
export const Profile = z.object({
  kind: z.literal('Profile'),
  version: z.literal(1),
  dataset: z.object({ name: z.string(), digest: z.string() }),
  rows: z.number().int().nonnegative(),
  columns: z.array(ColumnProfile),
  /** Absent in older profiles; null where fewer than two columns vary. */
  joint: JointProfile.nullable().optional(),
})
export type Profile = z.infer<typeof Profile>
