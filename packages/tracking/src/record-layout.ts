import { z } from 'zod'

/** The branch that keeps what was run. */
export const recordsBranch = 'mlwright-records'

/** Where things stand on the records branch. */
export const recordPaths = {
  salt: 'salt',
  run: (model: string, run: string) => `runs/${model}/${run}`,
  commit: (sha: string, model: string) => `commits/${sha}/${model}.json`,
  /** Folder of the monitoring history: `<id>.json` is a DriftReport; the id is made like a run's: UTC time, `-`, and 8 hex digits, of the workflow run's hash or else of the current data's digest. */
  monitoring: (model: string) => `monitoring/${model}`,
  /** A RetrainingHistory: every proposal to train a model again, and what was decided. */
  retraining: (model: string) => `retraining/${model}.json`,
  /** A PackagedImage: where the container image of a version is. */
  image: (model: string, version: string) => `images/${model}/${version}.json`,
  branch: (branch: string, model: string) => `branches/${encodeURIComponent(branch)}/${model}`,
} as const

/** Which run belongs to a commit; on the default branch also its place in the history. */
export const RunPointer = z.object({
  kind: z.literal('RunPointer'),
  version: z.literal(1),
  commit: z.string(),
  run: z.string(),
  input_digest: z.string(),
  /** The metrics' values, so that a history needs no other file. */
  metrics: z.record(z.string(), z.number().nullable()),
})
export type RunPointer = z.infer<typeof RunPointer>
