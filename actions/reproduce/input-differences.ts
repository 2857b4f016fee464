import { type Run, version } from '@mlwright/domain'
import { compareRuns } from '@mlwright/tracking'
import type { ModelInputs } from '../common/model-inputs.ts'

/** Something that decides the model and is not what it was. */
export interface InputDifference {
  /** `data`, `key`, `code`, `trainer`, `inputs`, or the path of a param such as `params.leaves`. */
  readonly what: string
  readonly recorded: string | null
  readonly here: string | null
}

/** The run as it would be with these inputs, as far as they decide it. */
function runOf(run: Run, { model, dataDigest }: ModelInputs): Run {
  return {
    ...run,
    train: model.train,
    split: model.split,
    target: model.target,
    dataset: { ...run.dataset, digest: dataDigest },
  }
}

/**
 * What differs between a run and the inputs of its commit as they are found here; empty where the input digests agree.
 * `run` is null where only the digest was recorded.
 */
export function inputDifferences(recorded: string, run: Run | null, inputs: ModelInputs): InputDifference[] {
  if (recorded === inputs.inputDigest) return []
  const whole = { what: 'inputs', recorded, here: inputs.inputDigest }
  if (!run) return [whole]
  const { params, data } = compareRuns(run, runOf(run, inputs))
  const differences: InputDifference[] = params.map(({ path, baseline, candidate }) => ({
    what: path,
    recorded: baseline,
    here: candidate,
  }))
  if (data.baseline.digest !== data.candidate.digest)
    differences.unshift({ what: 'data', recorded: data.baseline.digest, here: data.candidate.digest })
  const [was, is] = [run.key.join(', '), inputs.key.join(', ')]
  if (was !== is) differences.push({ what: 'key', recorded: was, here: is })
  if (differences.length > 0) return differences
  if ('command' in inputs.model.train) return [{ ...whole, what: 'code' }]
  return [{ what: 'trainer', recorded: `mlwright ${run.environment.mlwright}`, here: `mlwright ${version}` }]
}
