import { z } from 'zod'

/** `models/<model>/stages.yml`: the version that is wanted in each stage. */
export const Stages = z.strictObject({
  version: z.literal(1),
  stages: z.record(
    z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9/_-]*[A-Za-z0-9])?$/, 'use letters, digits, hyphens and underscores'),
    z.string().regex(/^v\d+\.\d+\.\d+[0-9A-Za-z.+-]*$/, 'name a version, such as v1.4.0'),
  ),
})
export type Stages = z.infer<typeof Stages>
