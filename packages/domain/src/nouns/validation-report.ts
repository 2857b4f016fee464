import { z } from 'zod'
import { Verdict } from '../verdict.ts'
import { DatasetColumn } from './dataset.ts'
import { Finding } from './finding.ts'

/** What a contract (or, without one, the file format alone) says of a dataset. */
export const ValidationReport = z.object({
  kind: z.literal('ValidationReport'),
  version: z.literal(1),
  dataset: z.string(),
  contract: z.string().nullable(),
  rows: z.number().int().nonnegative(),
  columns: z.array(DatasetColumn),
  /** Rules that were checked, and those of them that were broken. */
  checks: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  verdict: Verdict,
  findings: z.array(Finding),
  /** What the contract asks for and was not checked, a sentence each. */
  notes: z.array(z.string()).default([]),
})
export type ValidationReport = z.infer<typeof ValidationReport>
