import type { Ports, Predictions } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { modelData } from '../common/model-data.ts'
import { type ModelInputs, modelInputs } from '../common/model-inputs.ts'
import { readConfig } from '../common/project.ts'
import { trainModel } from '../train/train-model.ts'
import { type EvaluatedRun, openModel, scoreRows } from './evaluate-run.ts'

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((text, at) => text === b[at])

/** Whether a row has the same key in both data sets; without a primary key its whole content is the key. */
function keysAgree(baseline: ModelInputs, columns: readonly string[], { data, inputs }: EvaluatedRun): boolean {
  if (!same(baseline.key, inputs.key)) return false
  return (
    inputs.key.length > 0 ||
    same(
      columns,
      data.opened.dataset.columns.map((column) => column.name),
    )
  )
}

/**
 * Trains the baseline again and scores it on those test rows of the candidate that it was not trained on: what is left to
 * do when the data has changed so much that the stored predictions are about other rows. Null where a command trains it,
 * the commit is not in this clone, or its features, classes or keys are not those of the new data.
 */
export async function scoreBaselineAgain(
  ports: Ports,
  configPath: string,
  records: Records,
  commit: string,
  candidate: EvaluatedRun,
  salt: string,
): Promise<Predictions | null> {
  const { data, inputs } = candidate
  if ((await ports.git.parents(commit)) === null) return null
  return ports.git.worktree(commit, async (copy) => {
    const config = await readConfig(copy.files, configPath)
    const baseline = await modelInputs(copy, config, inputs.name)
    if ('command' in baseline.model.train) return null
    const { run } = await trainModel(ports, copy, baseline, records, false)
    const columns = run.dataset.columns.map((column) => column.name)
    const known = run.features.every(({ name, type }) => data.table.columns.get(name)?.type === type)
    if (run.failure !== null || !known || !same(run.classes, data.classes) || !keysAgree(baseline, columns, candidate))
      return null
    const old = await modelData(ports.engine, baseline)
    const trained = new Set(Array.from(old.train, (row) => old.keys[row]))
    const rows = data.test.filter((row) => !trained.has(data.keys[row]))
    if (rows.length === 0) return null
    const session = await openModel(ports, run)
    const predictions = await scoreRows(session, inputs, { ...data, features: run.features }, rows, salt)
    await session.close()
    return predictions
  })
}
