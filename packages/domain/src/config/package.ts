import { z } from 'zod'

const platform = z.string().regex(/^linux\/(amd64|arm64)$/, 'use `linux/amd64` or `linux/arm64`')

/** How a version of a model becomes a container image. */
export const PackageConfig = z.strictObject({
  image: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Repository of the images, such as `ghcr.io/acme/churn` (default: the model’s on ghcr.io); the tag is the version.',
    ),
  base: z
    .string()
    .min(1)
    .optional()
    .describe('A Node.js image by digest to begin with, or `local`, the machine’s own Node.js (default).'),
  platforms: z.array(platform).min(1).optional().describe('Platforms of the image (default: that of the machine).'),
  builder: z.enum(['mlwright', 'docker']).optional().describe('Who builds: mlwright itself (default), or Docker.'),
})
export type PackageConfig = z.infer<typeof PackageConfig>

/** `package` of a model: whether its versions become images, and how. */
export const Package = z.union([z.boolean(), PackageConfig])
export type Package = z.infer<typeof Package>
