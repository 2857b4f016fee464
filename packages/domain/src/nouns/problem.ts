import { z } from 'zod'

export { problemPath } from './problem-path.ts'

/** Why an action could not do its work, in the sentence that it said. */
export const Problem = z.object({
  kind: z.literal('Problem'),
  version: z.literal(1),
  action: z.string(),
  message: z.string(),
})
export type Problem = z.infer<typeof Problem>
