import { type Ports, UserError } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { baselineCommit, publishedBaseline } from '../common/find-baseline.ts'
import { writeBaseline } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { readConfig } from '../common/project.ts'
import { trainModel } from './train-model.ts'

/** Sees to it that the model to compare with can be scored: its published predictions, or else the base commit is trained here. */
export async function trainBaseline(ports: Ports, configPath: string, name: string, records: Records): Promise<void> {
  const commit = await baselineCommit(ports.event, ports.git)
  const published = await publishedBaseline(records, ports.event, commit, name)
  if (published?.predictions) {
    await writeBaseline(ports.files, name, { commit, run: published.run.id, retrained: false, reason: null })
    return
  }
  const none = (reason: string) => writeBaseline(ports.files, name, { commit, run: null, retrained: false, reason })
  if (!commit) return none('There is nothing to compare with yet.')
  if ((await ports.git.parents(commit)) === null)
    return none('The base commit is not in this clone; check out with `fetch-depth: 2`.')
  try {
    await ports.git.worktree(commit, async (copy) => {
      if (!(await copy.files.read(configPath))) return none(`The base commit has no ${configPath}.`)
      const config = await readConfig(copy.files, configPath)
      if (!config.models[name]) return none(`The base commit has no model ${name}.`)
      const run = await trainModel(ports, copy, await modelInputs(copy, config, name), records)
      await writeBaseline(ports.files, name, { commit, run: run.id, retrained: true, reason: run.failure })
    })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    await none(`The base commit could not be trained: ${error.message}`)
  }
}
