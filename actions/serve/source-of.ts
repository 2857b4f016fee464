import { UserError } from '@mlwright/domain'
import { type ModelSource, openSource } from '@mlwright/serving'

/** A version of the registry, such as `churn@v1.4.0`. */
const released = /^[a-z0-9][a-z0-9-]*@\S+$/

/** What a path stands for: a folder of versions, or one file. Throws `UserError` FILE_MISSING. */
export async function sourceOf(path: string, given: string, version: string | undefined): Promise<ModelSource> {
  const source = await openSource(path, version)
  if (source) return source
  const hint = released.test(given)
    ? 'download the asset model.onnx of that release and name the file.'
    : 'correct the path.'
  throw new UserError('FILE_MISSING', `There is no model at ${given}; ${hint}`)
}
