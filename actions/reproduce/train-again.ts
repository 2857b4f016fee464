import { type Cache, type Ports, type Run, UserError, type WorkingCopy } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { type ModelInputs, modelInputs } from '../common/model-inputs.ts'
import { readConfig } from '../common/project.ts'
import { trainModel } from '../train/train-model.ts'
import { type InputDifference, inputDifferences } from './input-differences.ts'
import { layData } from './lay-data.ts'

/** A cache that knows nothing: what it would give back was not trained again. */
const noCache: Cache = { restore: async () => false, save: async () => {} }

export interface Expected {
  readonly model: string
  /** Path of the configuration in the commit. */
  readonly config: string
  readonly inputDigest: string
  /** Null where only digests were recorded. */
  readonly run: Run | null
}

export interface TrainedAgain {
  readonly differences: readonly InputDifference[]
  /** The trainer is a program of the repository. */
  readonly command: boolean
  /** Null where the inputs differ, so that nothing was trained. */
  readonly run: Run | null
}

async function inputsOf(
  { files }: Pick<Ports, 'files'>,
  copy: WorkingCopy,
  { config, model }: Expected,
): Promise<ModelInputs> {
  const parsed = await readConfig(copy.files, config)
  const found = parsed.models[model]
  if (!found)
    throw new UserError(
      'CONFIG_INVALID',
      `${config} of that commit has no model ${model}; it has ${Object.keys(parsed.models).join(', ')}.`,
    )
  await layData(files, copy.files, parsed.datasets[found.dataset]!.source)
  return modelInputs(copy, parsed, model)
}

/**
 * Trains a model in a commit's own files where its inputs are the expected ones. Everything is written below the
 * checked-out copy, so that runs, caches and the latest run of the caller stay as they are.
 */
export async function trainAgain(ports: Ports, copy: WorkingCopy, expected: Expected): Promise<TrainedAgain> {
  const inputs = await inputsOf(ports, copy, expected)
  const command = 'command' in inputs.model.train
  const differences = inputDifferences(expected.inputDigest, expected.run, inputs)
  if (differences.length > 0) return { differences, command, run: null }
  const inside = { ...ports, files: copy.files, git: copy.git, cache: noCache }
  const { run } = await trainModel(inside, copy, inputs, new Records(ports.refs), false)
  return { differences, command, run }
}
