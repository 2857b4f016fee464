import type { Ports } from '@mlwright/domain'
import type { Records, StoredRun } from '@mlwright/tracking'

/**
 * The published run that a merge evaluated, found by its inputs: one of a pull request that the commit came from, of
 * its merge group, or of the default branch. Runs of forks are never published.
 */
export async function mergedRun(
  { pulls }: Pick<Ports, 'pulls'>,
  records: Records,
  commit: string,
  model: string,
  inputDigest: string,
): Promise<StoredRun | null> {
  const numbers = new Set((await pulls.containing(commit)).map((pull) => pull.number))
  const ofMerge = ({ run: { stamp, failure }, evaluation }: StoredRun) =>
    failure === null &&
    evaluation !== null &&
    stamp !== null &&
    !stamp.fork &&
    (stamp.pull_request === null || numbers.has(stamp.pull_request))
  return records.withDigest(model, inputDigest, ofMerge)
}
