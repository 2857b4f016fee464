import { z } from 'zod'

const version = z.string().min(1).max(200)

/** A version that gets a part of the traffic, or a copy of it. */
export const Challenger = z.strictObject({
  version,
  mode: z.enum(['canary', 'shadow']).describe('A canary answers its part; a shadow answers nobody and is compared.'),
  percent: z.number().min(0).max(100),
  key: z
    .string()
    .regex(
      /^(?:[A-Za-z0-9-]{1,64}|column:.{1,200})$/,
      'has to be a header, such as x-customer-id, or a column, such as column:customer_id',
    )
    .optional()
    .describe(
      'The header, or the column as `column:customer_id`, whose value keeps somebody with the same version (default: every request by itself). Of several rows the first one decides.',
    ),
})
export type Challenger = z.infer<typeof Challenger>

/** Who answers: the champion, except for what challengers get. */
export const Policy = z
  .strictObject({ champion: version, challengers: z.array(Challenger).max(10).default([]) })
  .refine(({ challengers }) => share(challengers) <= 100, 'the percents of the canaries add up to more than 100')
  .refine(
    ({ champion, challengers }) =>
      new Set([champion, ...challengers.map(({ version }) => version)]).size === challengers.length + 1,
    'names a version twice',
  )
export type Policy = z.infer<typeof Policy>

function share(challengers: readonly Challenger[]): number {
  return challengers.filter(({ mode }) => mode === 'canary').reduce((sum, { percent }) => sum + percent, 0)
}
