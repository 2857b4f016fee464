import { UserError } from '@mlwright/domain'
import type { ReleaseFacts } from './release-facts.ts'

/** The model file's hex SHA-256 and size. Throws `UserError` ARTIFACT_MISSING where the run left no model. */
export function modelFile({ run }: Pick<ReleaseFacts, 'run'>): { readonly digest: string; readonly bytes: number } {
  if (run.model_file === null)
    throw new UserError(
      'ARTIFACT_MISSING',
      `The run ${run.id} left no model, so it cannot be released; train it again.`,
    )
  return run.model_file
}
