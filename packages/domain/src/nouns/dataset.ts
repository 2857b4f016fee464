import { z } from 'zod'

/** How a column is seen by rules and trainers. */
export const ColumnType = z.enum(['number', 'boolean', 'string', 'date'])
export type ColumnType = z.infer<typeof ColumnType>

export const DatasetColumn = z.object({ name: z.string(), type: ColumnType })
export type DatasetColumn = z.infer<typeof DatasetColumn>

/** Data at one moment: what it is called, the digest of its bytes, and its shape. */
export const Dataset = z.object({
  name: z.string(),
  /** SHA-256 over the git object ids of the files, in the order of their paths. */
  digest: z.string(),
  files: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  columns: z.array(DatasetColumn),
})
export type Dataset = z.infer<typeof Dataset>
