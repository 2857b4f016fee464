import { type Ports, UserError } from '@mlwright/domain'
import { type ModelSource, openSource } from '@mlwright/serving'
import { releasedSource } from './released-source.ts'

export interface Served {
  readonly source: ModelSource
  /** The model's name in the registry; null for a file or folder. */
  readonly model: string | null
  /** The version that answers; null where the newest does. */
  readonly champion: string | null
}

/** What a path stands for: a folder of versions, one file, or a version of the registry such as `churn@v1.4.0`. Throws `UserError` FILE_MISSING. */
export async function sourceOf(
  ports: Ports,
  path: string,
  given: string,
  version: string | undefined,
): Promise<Served> {
  const source = await openSource(path, version)
  if (source) return { source, model: null, champion: null }
  if (!/^[A-Za-z0-9][\w/-]*@v?\d\S*$/.test(given))
    throw new UserError(
      'FILE_MISSING',
      `There is no model at ${given}; correct the path, or name a version such as churn@v1.4.0.`,
    )
  const released = await releasedSource(ports, given)
  return { source: released.source, model: released.model, champion: released.version }
}
