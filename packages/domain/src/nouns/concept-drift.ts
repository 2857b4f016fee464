import { z } from 'zod'

/** What a stream detector says of the errors of labelled rows, in the order of their time. */
export const ConceptDrift = z.object({
  detector: z.string(),
  /** `wrong` (1 or 0) or `absolute_error`. */
  errors: z.string(),
  /** Labelled rows that were looked at. */
  labelled: z.number().int(),
  /** The rows at which the errors were found to be larger than before, from 1, and where their growth most likely began. */
  alarms: z.array(
    z.object({
      row: z.number().int(),
      since: z.number().int(),
      /** When the row `since` was answered; null where no time is known. */
      since_time: z.string().nullable(),
      /** Mean error before `since` and from it on. */
      before: z.number(),
      after: z.number(),
    }),
  ),
})
export type ConceptDrift = z.infer<typeof ConceptDrift>
