import type { Ports, Predictions, Run } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'
import { contentColumns, modelData } from '../common/model-data.ts'
import { type ModelInputs, modelInputs } from '../common/model-inputs.ts'
import { readConfig } from '../common/project.ts'
import { sameTexts } from '../common/same-texts.ts'
import { sha256 } from '../common/sha256.ts'
import { trainModel } from '../train/train-model.ts'
import { canAnswer } from './can-answer.ts'
import { type EvaluatedRun, openModel, scoreRows } from './evaluate-run.ts'

/** Whether a row has the same key in both data sets; without a primary key its whole content is the key. */
function keysAgree(baseline: ModelInputs, columns: readonly string[], { data, inputs }: EvaluatedRun): boolean {
  if (!sameTexts(baseline.key, inputs.key)) return false
  return (
    inputs.key.length > 0 ||
    sameTexts(
      contentColumns(baseline.model.split, columns),
      contentColumns(
        inputs.model.split,
        data.opened.dataset.columns.map((column) => column.name),
      ),
    )
  )
}

/** Whether the model file of a run still lies here. */
async function atHand({ files }: Pick<Ports, 'files'>, run: Run): Promise<boolean> {
  const bytes = await files.read(`${localPaths.run(run.id)}/model.onnx`)
  return bytes !== null && sha256(bytes) === run.model_file?.digest
}

/** The baseline with a model file: a built-in is trained again, a command's model is taken where it still lies here. */
async function withModel(
  ports: Ports,
  copy: Parameters<typeof trainModel>[1],
  baseline: ModelInputs,
  records: Records,
  run: Run,
): Promise<Run | null> {
  if (!('command' in baseline.model.train)) return (await trainModel(ports, copy, baseline, records, false)).run
  return run.input_digest === baseline.inputDigest && (await atHand(ports, run)) ? run : null
}

/**
 * Scores the baseline on those test rows of the candidate that it was not trained on: what is left to do when the data has
 * changed so much that the stored predictions are about other rows. Null where it has no model, the commit is not in this
 * clone, or its features, classes or keys are not those of the new data.
 */
export async function scoreBaselineAgain(
  ports: Ports,
  configPath: string,
  records: Records,
  { commit, run: known }: { readonly commit: string; readonly run: Run },
  candidate: EvaluatedRun,
  salt: string,
): Promise<Predictions | null> {
  const { data, inputs } = candidate
  if ((await ports.git.parents(commit)) === null) return null
  return ports.git.worktree(commit, async (copy) => {
    const config = await readConfig(copy.files, configPath)
    const baseline = await modelInputs(copy, config, inputs.name)
    const run = await withModel(ports, copy, baseline, records, known)
    if (!run || run.failure !== null) return null
    const columns = run.dataset.columns.map((column) => column.name)
    if (!canAnswer(run, data) || !keysAgree(baseline, columns, candidate)) return null
    const old = await modelData(ports.engine, baseline)
    const seen = new Set([...old.train, ...old.validation].map((row) => old.keys[row]))
    const rows = data.test.filter((row) => !seen.has(data.keys[row]))
    if (rows.length === 0) return null
    const session = await openModel(ports, run)
    const predictions = await scoreRows(session, inputs, { ...data, features: run.features }, rows, salt)
    await session.close()
    return predictions
  })
}
