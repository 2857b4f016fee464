import { z } from 'zod'

/** What guards a stage, and what happens when a version has moved there. */
export const StageConfig = z.strictObject({
  environment: z
    .string()
    .min(1)
    .optional()
    .describe('GitHub environment whose rules guard the stage (default: its name).'),
  workflow: z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, 'name a file of .github/workflows, such as deploy.yml')
    .optional()
    .describe('Workflow to start when a version has moved here; it gets the inputs model, version, stage and tag.'),
})
export type StageConfig = z.infer<typeof StageConfig>

/** How versions are released and promoted. */
export const Registry = z.strictObject({
  stages: z
    .record(
      z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9/_-]*[A-Za-z0-9])?$/, 'use letters, digits, hyphens and underscores'),
      StageConfig,
    )
    .default({ production: {} })
    .describe('Stages in the order in which a version passes them; the first is proposed after a release.'),
  latest: z.boolean().default(false).describe("Mark a model's release as the latest release of the repository."),
  attest: z
    .boolean()
    .default(false)
    .describe('Sign who registered a version; public repositories sign into a public log.'),
})
export type Registry = z.infer<typeof Registry>
