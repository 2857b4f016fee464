import { parseContract } from '@mlwright/data'
import { type Config, type Refs, UserError } from '@mlwright/domain'
import { codeFiles, matchPaths } from '@mlwright/tracking'
import { digestInputs } from './model-inputs.ts'
import { digestOf } from './project.ts'

/** The input digest of a model as a commit's tree gives it, or why there is none; null where the data does not lie in git. */
export async function committedDigest(
  refs: Refs,
  commit: string,
  prefix: string,
  config: Config,
  name: string,
): Promise<{ readonly digest: string } | { readonly problem: string } | null> {
  const model = config.models[name]
  const dataset = model && config.datasets[model.dataset]
  if (!model || !dataset) return { problem: `mlwright.yml at ${commit.slice(0, 8)} has no model ${name}.` }
  const tree = (await refs.tree(commit)).filter((entry) => entry.path.startsWith(prefix))
  const oids = new Map(tree.map((entry) => [entry.path.slice(prefix.length), entry.oid]))
  const paths = [...oids.keys()]
  const at = (list: readonly string[]) => list.map((path) => ({ path, absolute: path, oid: oids.get(path)! }))
  const data = at(matchPaths(paths, [dataset.source]))
  if (data.length === 0) return null
  const text = dataset.contract ? await refs.read(commit, prefix + dataset.contract) : null
  if (dataset.contract && !text)
    return { problem: `The contract ${dataset.contract} is not in the commit ${commit.slice(0, 8)}.` }
  try {
    const key = text ? parseContract(new TextDecoder().decode(text), dataset.contract!, model.dataset).primaryKey : []
    return { digest: digestInputs(model, digestOf(data), key, at(codeFiles(paths, model, config))) }
  } catch (error) {
    if (error instanceof UserError) return { problem: error.message }
    throw error
  }
}
