import { z } from 'zod'

/** Why an action could not do its work, in the sentence that it said. */
export const Problem = z.object({
  kind: z.literal('Problem'),
  version: z.literal(1),
  action: z.string(),
  message: z.string(),
})
export type Problem = z.infer<typeof Problem>

/** Where an action leaves its problem for the report. */
export function problemPath(action: string): string {
  return `.mlwright/problems/${action}.json`
}
