import { writeDataVersion } from '@mlwright/data'
import type { Config, Model, Ports, RetrainStrategy, Split, WorkingCopy } from '@mlwright/domain'
import { codeFiles } from '@mlwright/tracking'
import type { ModelData } from '../common/model-data.ts'
import { digestInputs, type ModelInputs } from '../common/model-inputs.ts'
import { digestOf, readContract } from '../common/project.ts'
import type { NewRows } from './new-rows.ts'
import { type RowParts, splitColumns } from './row-parts.ts'
import { retrainNames } from './settings.ts'

/** The split of a model that is trained on a data version: each row says itself what it is for. */
export function versionSplit(split: Split): Extract<Split, { method: 'column' }> {
  const column = split.method === 'column' ? split.column : retrainNames.split
  return { method: 'column', column, ...splitColumns(split) }
}

/** The configuration after a retraining: the model reads its data version. */
export function retrainedConfig(config: Config, name: string, model: Model): Config {
  const dataset = retrainNames.dataset(name)
  const contract = config.datasets[model.dataset]?.contract
  return {
    ...config,
    datasets: {
      ...config.datasets,
      [dataset]: { source: retrainNames.data(name), ...(contract !== undefined && { contract }) },
    },
    models: { ...config.models, [name]: { ...model, dataset, split: versionSplit(model.split) } },
  }
}

/**
 * Writes the rows that a strategy trains and tests on as one file, and gives the inputs that the model will have where that
 * file is committed as its data.
 */
export async function candidateInputs(
  ports: Pick<Ports, 'engine'> & Pick<WorkingCopy, 'files' | 'git'>,
  inputs: ModelInputs,
  strategy: RetrainStrategy,
  tables: { readonly old: ModelData; readonly fresh: NewRows },
  parts: RowParts,
): Promise<ModelInputs> {
  const { engine, files, git } = ports
  const { name } = inputs
  const config = retrainedConfig(inputs.config, name, inputs.model)
  const model = config.models[name]!
  const split = versionSplit(inputs.model.split)
  const { old, fresh } = tables
  const path = `${retrainNames.folder(name)}/${strategy}.parquet`
  await writeDataVersion(
    engine,
    [
      { opened: old.opened, parts: parts.old },
      { opened: fresh.opened, parts: parts.fresh },
    ],
    {
      columns: old.opened.dataset.columns.map((column) => column.name),
      split: split.column,
      path: files.absolute(path),
    },
  )
  const [oid] = await git.blobs([path])
  const { contract: declared } = config.datasets[model.dataset]!
  const contract = declared ? await readContract(files, declared, model.dataset) : null
  const code = codeFiles('command' in model.train ? await git.tracked() : [], model, config)
  const oids = await git.blobs(code)
  const data = [{ path: retrainNames.data(name), absolute: files.absolute(path), oid: oid! }]
  const key = contract?.primaryKey ?? []
  const dataDigest = digestOf(data)
  const inputDigest = digestInputs(
    model,
    dataDigest,
    key,
    code.map((file, at) => ({ path: file, oid: oids[at]! })),
  )
  return { name, model, config, contract, files: data, dataDigest, inputDigest, key }
}
