import { type Ports, UserError } from '@mlwright/domain'
import type { Records } from '@mlwright/tracking'
import { baselineCommit, publishedBaseline } from '../common/find-baseline.ts'
import { writeBaseline } from '../common/local-records.ts'
import { modelInputs } from '../common/model-inputs.ts'
import { readConfig } from '../common/project.ts'
import { trainModel } from './train-model.ts'

/**
 * Sees to it that the model to compare with can be scored: its published predictions, or else the base commit is
 * trained here. Returns whether code of the repository ran.
 */
export async function trainBaseline(
  ports: Ports,
  configPath: string,
  name: string,
  records: Records,
  received: boolean,
): Promise<boolean> {
  const commit = await baselineCommit(ports.event, ports.git)
  const published = await publishedBaseline(records, ports.event, commit, name)
  if (published?.predictions) {
    await writeBaseline(ports.files, name, { commit, run: published.run.id, retrained: false, reason: null })
    return false
  }
  const none = async (reason: string) => {
    await writeBaseline(ports.files, name, { commit, run: null, retrained: false, reason })
    return false
  }
  if (!commit) return none('This is the first run.')
  if ((await ports.git.parents(commit)) === null)
    return none('The base commit is not in this clone; check out with `fetch-depth: 2`.')
  try {
    return await ports.git.worktree(commit, async (copy) => {
      if (!(await copy.files.read(configPath))) return none(`The base commit has no ${configPath}.`)
      const config = await readConfig(copy.files, configPath)
      if (!config.models[name]) return none(`The base commit has no model ${name}.`)
      const { run, userCode } = await trainModel(ports, copy, await modelInputs(copy, config, name), records, received)
      await writeBaseline(ports.files, name, { commit, run: run.id, retrained: true, reason: run.failure })
      return userCode
    })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return none(`The base commit could not be trained: ${error.message}`)
  }
}
