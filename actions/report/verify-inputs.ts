import { parseContract } from '@mlwright/data'
import { type Config, type Refs, type Run, UserError } from '@mlwright/domain'
import { codeFiles, matchPaths } from '@mlwright/tracking'
import { digestInputs } from '../common/model-inputs.ts'
import { digestOf } from '../common/project.ts'

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
  const model = config.models[name]
  const dataset = model && config.datasets[model.dataset]
  if (!model || !dataset) return `mlwright.yml at ${commit.slice(0, 8)} has no model ${name}.`
  const tree = (await refs.tree(commit)).filter((entry) => entry.path.startsWith(prefix))
  const oids = new Map(tree.map((entry) => [entry.path.slice(prefix.length), entry.oid]))
  const paths = [...oids.keys()]
  const at = (list: readonly string[]) => list.map((path) => ({ path, absolute: path, oid: oids.get(path)! }))
  const data = at(matchPaths(paths, [dataset.source]))
  if (data.length === 0) return null
  const text = dataset.contract ? await refs.read(commit, prefix + dataset.contract) : null
  if (dataset.contract && !text) return `The contract ${dataset.contract} is not in the commit ${commit.slice(0, 8)}.`
  try {
    const key = text ? parseContract(new TextDecoder().decode(text), dataset.contract!, model.dataset).primaryKey : []
    const digest = digestInputs(model, digestOf(data), key, at(codeFiles(paths, model, config)))
    if (digest === run.input_digest) return null
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return `The record of ${name} was made from other inputs than commit ${commit.slice(0, 8)} holds, so it is not trusted.`
}
