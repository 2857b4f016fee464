import { z } from 'zod'

/** The container image of a version of a model, where it can be pulled. */
export const PackagedImage = z.object({
  kind: z.literal('Image'),
  version: z.literal(1),
  /** The model, and its version. */
  name: z.string(),
  model_version: z.string(),
  /** SHA-256 of the model's file. */
  model: z.string().regex(/^[0-9a-f]{64}$/),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** To pull by: registry, repository and digest; of an image that was only written, its folder. */
  image: z.string(),
  /** Registry, repository and tag; null where it was not pushed. */
  tag: z.string().nullable(),
  platforms: z.array(z.string()),
  /** Compressed, of the largest platform. */
  bytes: z.int(),
})
export type PackagedImage = z.infer<typeof PackagedImage>
