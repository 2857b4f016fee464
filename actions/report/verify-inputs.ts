import type { Config, Refs, Run } from '@mlwright/domain'
import { committedDigest } from '../common/committed-digest.ts'

/**
 * Recomputes a run's input digest from the commit's tree, so that a record cannot claim to be of other inputs.
 * Returns a sentence when they differ, and null when they agree or when the data does not lie in git.
 */
export async function inputsProblem(
  refs: Refs,
  commit: string,
  prefix: string,
  config: Config,
  name: string,
  run: Run,
): Promise<string | null> {
  const found = await committedDigest(refs, commit, prefix, config, name)
  if (!found) return null
  if ('problem' in found) return found.problem
  if (found.digest === run.input_digest) return null
  return `The record of ${name} was made from other inputs than commit ${commit.slice(0, 8)} holds, so it is not trusted.`
}
