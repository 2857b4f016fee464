import type { Contract } from '@mlwright/data'
import { type Config, type Model, UserError, type WorkingCopy } from '@mlwright/domain'
import { trainerVersion } from '@mlwright/learn'
import { codeFiles, inputDigest } from '@mlwright/tracking'
import { type DataFile, dataFiles, digestOf, readContract } from './project.ts'

/** Everything that decides which model comes out, before any data is read. */
export interface ModelInputs {
  readonly name: string
  readonly model: Model
  readonly config: Config
  readonly contract: Contract | null
  readonly files: readonly DataFile[]
  readonly dataDigest: string
  readonly inputDigest: string
  /** The contract's primary key. */
  readonly key: readonly string[]
}

/** What the digest needs of a tree, so that a commit's tree through the API gives the same digest as a working copy. */
export function digestInputs(
  model: Model,
  data: string,
  key: readonly string[],
  code: readonly { path: string; oid: string }[],
): string {
  const version = 'algorithm' in model.train ? trainerVersion(model.train.algorithm) : code
  return inputDigest({ model, data, key, code: version })
}

/** Finds and digests a model's inputs in a working copy. */
export async function modelInputs(
  copy: Pick<WorkingCopy, 'files' | 'git'>,
  config: Config,
  name: string,
): Promise<ModelInputs> {
  const model = config.models[name]
  const dataset = model && config.datasets[model.dataset]
  if (!model || !dataset)
    throw new UserError('CONFIG_INVALID', `mlwright.yml at the compared commit has no model ${name}.`)
  const contract = dataset.contract ? await readContract(copy.files, dataset.contract, model.dataset) : null
  const files = await dataFiles(copy, dataset.source)
  const code = codeFiles('command' in model.train ? await copy.git.tracked() : [], model, config)
  const oids = await copy.git.blobs(code)
  const data = digestOf(files)
  const key = contract?.primaryKey ?? []
  const digest = digestInputs(
    model,
    data,
    key,
    code.map((path, index) => ({ path, oid: oids[index]! })),
  )
  return { name, model, config, contract, files, dataDigest: data, inputDigest: digest, key }
}
