import type { Ports } from '@mlwright/domain'
import type { ModelImport } from '@mlwright/registry'
import type { Registry } from '../common/registry.ts'

/** A branch that lasts as long as the import: afterwards the tags hold its commits. */
const branch = 'mlwright-import'

export type PlannedVersion = ModelImport['versions'][number]

/** The commit that MLflow recorded, where it is in this repository and no other version of the model is at it. */
export async function recordedCommit(
  { refs }: Pick<Ports, 'refs'>,
  { models }: Registry,
  model: string,
  { commit }: PlannedVersion,
): Promise<string | null> {
  if (commit === null || (await refs.resolve(commit)) !== commit) return null
  return models.get(model)?.versions.some((other) => other.commit === commit) ? null : commit
}

/** Makes a commit for a version alone: it says what MLflow knows, and holds no code. */
export async function ownCommit(
  { clock, refs }: Pick<Ports, 'clock' | 'refs'>,
  tag: string,
  { from, model }: Pick<ModelImport, 'from' | 'model'>,
  { at, description, run, source, version }: PlannedVersion,
): Promise<string> {
  const facts = { from, version, made: new Date(at * 1000).toISOString(), run, source, description }
  const text = JSON.stringify({ ...facts, imported: clock.now().toISOString() }, null, 2)
  const files = new Map([[`${model}/${version}.json`, new TextEncoder().encode(`${text}\n`)]])
  return refs.commit(branch, `Import ${tag} from MLflow`, files)
}

/** Removes the branch of the commits that were made. */
export async function removeBranch({ refs }: Pick<Ports, 'refs'>): Promise<void> {
  const head = await refs.resolve(branch)
  if (head) await refs.remove(branch, head)
}
