import { z } from 'zod'
import { Verdict } from '../verdict.ts'
import { Computational } from './computational.ts'
import { ConceptDrift } from './concept-drift.ts'
import { ColumnType } from './dataset.ts'
import { Finding } from './finding.ts'

/** One test of one column; numbers are null where the samples say nothing. */
export const DriftTest = z.object({
  statistic: z.number().nullable(),
  p_value: z.number().nullable(),
  method: z.enum(['exact', 'asymptotic', 'conservative']),
  /** The test rejects at or below this p-value; null where it is shown but does not decide. */
  alpha: z.number().nullable(),
})
export type DriftTest = z.infer<typeof DriftTest>

/** How far a column has moved, in one number that has a unit. */
export const DriftEffect = z.object({
  name: z.string(),
  value: z.number().nullable(),
  /** From here on it matters. */
  threshold: z.number(),
})
export type DriftEffect = z.infer<typeof DriftEffect>

/** What another tool says of a column by its own rules: one score, or one for each chunk. */
export const PeerDrift = z.object({
  method: z.string(),
  scores: z.array(z.number().nullable()),
  threshold: z.number(),
  drifted: z.boolean(),
})
export type PeerDrift = z.infer<typeof PeerDrift>

export const ColumnDrift = z.object({
  type: ColumnType,
  /** What the model answered or should have answered; absent for what it was asked. */
  role: z.enum(['prediction', 'label']).optional(),
  /** A test rejects within the error budget, and its effect reaches the threshold. */
  drifted: z.boolean(),
  /** Why, in one sentence; empty where it has not. */
  reason: z.string(),
  /** `ks`, `chi2`, `missing`, `new_categories`, `new_values`. */
  tests: z.record(z.string(), DriftTest),
  /** One per deciding test. */
  effects: z.record(z.string(), DriftEffect),
  /** `wasserstein`, `js`, `psi`, `hellinger`, `linf`; what they mean exactly stands in `definitions`. */
  distances: z.record(z.string(), z.number().nullable()),
  /** Shares of missing values. */
  missing: z.object({ reference: z.number(), current: z.number() }),
  /** Null where no other tool's mode was asked for, or it does not compare such a column. */
  peer: PeerDrift.nullable(),
})
export type ColumnDrift = z.infer<typeof ColumnDrift>

/** One metric of a chunk: measured where labels have arrived, estimated where they have not. */
export const ChunkMetric = z.object({
  measured: z.number().nullable(),
  /** 95 % interval of the measured value; null where it is not known. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  estimated: z.number().nullable(),
  /** An alert is raised below this, of errors above it; null where the metric's own error is not known. */
  threshold: z.number().nullable(),
  /** The measured value where there is one, else the estimate, is worse than the reference by more than chance. */
  alert: z.boolean(),
})
export type ChunkMetric = z.infer<typeof ChunkMetric>

/** A model's performance along the current rows. */
export const Performance = z.object({
  /** Absent in older reports, which were of classifiers. */
  task: z.enum(['classification', 'regression']).optional(),
  /** Where labels are missing: confidence-based from calibrated scores (`cbpe`), from a model of the errors (`dle`), or not at all. */
  estimator: z.enum(['cbpe', 'dle']).nullable().optional(),
  /** True where the scores were calibrated on the reference before performance was estimated from them. */
  calibrated: z.boolean(),
  /** What the metrics are in the labelled rows of the reference; null where undefined. */
  reference: z.record(z.string(), z.number().nullable()),
  /** In the order of time, else of the file; rows from the first (1) to the last, and how many of them have a label. */
  chunks: z.array(
    z.object({
      first: z.number().int(),
      last: z.number().int(),
      labelled: z.number().int(),
      /** The times of both, ISO 8601 in UTC, where a column of times is known. */
      from: z.string().nullable().optional(),
      to: z.string().nullable().optional(),
      metrics: z.record(z.string(), ChunkMetric),
    }),
  ),
  /** Null without labels. */
  concept: ConceptDrift.nullable().optional(),
})
export type Performance = z.infer<typeof Performance>

/** The columns together: what no column shows alone. */
export const MultivariateDrift = z.object({
  drifted: z.boolean(),
  /** Why, in one sentence; empty where it has not. */
  reason: z.string(),
  /** `correlation`, `classifier`, `reconstruction`. */
  tests: z.record(z.string(), DriftTest),
  effects: z.record(z.string(), DriftEffect),
  /** The pairs whose rank correlation has changed most surely, first the surest; the p-value is the pair's own. */
  pairs: z.array(
    z.object({
      columns: z.tuple([z.string(), z.string()]),
      reference: z.number().nullable(),
      current: z.number().nullable(),
      p_value: z.number().nullable(),
    }),
  ),
  /** The columns by which a classifier tells the tables apart, with their shares; empty without both tables. */
  importance: z.array(z.object({ column: z.string(), share: z.number() })),
  /** Root mean square of what principal components of the reference miss, in standard deviations per row; shown only. */
  reconstruction: z
    .object({ components: z.number().int(), columns: z.number().int(), reference: z.number(), current: z.number() })
    .nullable(),
  /** Rows that were looked at, drawn by this seed. */
  rows: z.object({ reference: z.number().int(), current: z.number().int(), seed: z.number().int().nullable() }),
  /** NannyML's reconstruction error by chunk, in its mode. */
  peer: PeerDrift.nullable(),
})
export type MultivariateDrift = z.infer<typeof MultivariateDrift>

const Side = z.object({
  name: z.string(),
  digest: z.string(),
  rows: z.number().int().nonnegative(),
  source: z.enum(['table', 'profile']),
})

/** One dataset against its reference, column by column, under an error budget. */
export const DriftReport = z.object({
  kind: z.literal('DriftReport'),
  version: z.literal(1),
  reference: Side,
  current: Side,
  /** Whose rules the verdict follows; `columns` have the calibrated judgement beside the other tool's. */
  method: z.enum(['calibrated', 'evidently', 'nannyml']),
  budget: z.object({
    /** False alarms a year that are acceptable, and scheduled runs that they are shared among. */
    false_alarms: z.number(),
    runs: z.number(),
    /** Columns that were tested, and the level that each may spend in one run. */
    columns: z.number().int(),
    alpha: z.number(),
    /** False alarms to expect in a year at this setting. */
    expected: z.number(),
    /** Shares beside the columns' own: 1 where the columns were tested together too. */
    multivariate: z.number().int().optional(),
    /** 1 where the performance was followed. */
    performance: z.number().int().optional(),
    /** What this year's looks have spent of the year's false alarms, with this one, and how many they were; absent where no history is kept. */
    spent: z.number().optional(),
    looks: z.number().int().optional(),
  }),
  verdict: Verdict,
  /** The verdict by the calibrated tests, whatever the method. */
  calibrated_verdict: Verdict,
  columns: z.record(z.string(), ColumnDrift),
  /** Absent in older reports; null where nothing is known of the columns together. */
  multivariate: MultivariateDrift.nullable().optional(),
  /** Null where no scores were given. */
  performance: Performance.nullable(),
  /** Absent in older reports; null where nothing says how requests were answered. */
  computational: Computational.nullable().optional(),
  /** What each distance is, for numbers and for categories. */
  definitions: z.record(z.string(), z.string()),
  /** Columns that are gone, new or of another type, no rows, and what is wrong with the files. */
  findings: z.array(Finding),
})
export type DriftReport = z.infer<typeof DriftReport>
