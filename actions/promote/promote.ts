import { type Config, type Ports, UserError } from '@mlwright/domain'
import { isVersion, stagesPath } from '@mlwright/registry'
import { folderPrefix } from '../common/artifact-name.ts'
import { committedConfig } from '../common/committed-config.ts'
import { readVersionName } from '../common/named-version.ts'
import { chooseModels, firstStage, readConfig } from '../common/project.ts'
import { readRegistry } from '../common/registry.ts'
import { moveStage } from './move-stage.ts'
import {
  movedOutcome,
  type PromoteOutcome,
  plannedOutcome,
  proposedOutcome,
  retiredOutcome,
} from './promote-outcome.ts'
import { propose } from './propose.ts'
import { deprecate, deregister, type Retired, unassign } from './retire.ts'
import { rollBack, writeStagesFile } from './roll-back.ts'
import { wantedMoves } from './wanted-moves.ts'

export const promoteModes = [
  'pull-request',
  'plan',
  'direct',
  'rollback',
  'unassign',
  'deregister',
  'deprecate',
] as const

export interface PromoteInputs {
  readonly config: string
  readonly workingDirectory: string
  readonly model: string | undefined
  readonly version: string | undefined
  readonly stage: string | undefined
  readonly mode: (typeof promoteModes)[number] | undefined
}

/** The configuration: of the working copy, or of the event's commit in a job that checked nothing out. */
async function project(ports: Ports, inputs: PromoteInputs): Promise<{ config: Config; prefix: string }> {
  const { event, files, git, refs } = ports
  const checkedOut = event.name === 'local' || (await files.read(inputs.config)) !== null
  if (checkedOut) return { config: await readConfig(files, inputs.config), prefix: (await git.head()).prefix }
  const prefix = folderPrefix(inputs)
  return { config: await committedConfig({ refs }, event.commit, prefix + inputs.config), prefix }
}

/** Proposes the named model's version, or the newest of every model that has one. */
async function proposeAll(
  ports: Ports,
  config: Config,
  prefix: string,
  inputs: PromoteInputs,
): Promise<PromoteOutcome> {
  const registry = inputs.model ? null : await readRegistry(ports)
  const stage = inputs.stage ?? firstStage(config)
  const proposed = []
  for (const [model] of chooseModels(config, inputs.model))
    if (registry === null || registry.models.get(model)?.latest)
      proposed.push(await propose(ports, config, prefix, { model, stage, version: inputs.version }))
  return proposedOutcome(proposed)
}

/** Says how others get what a laptop wrote. */
function share({ runner }: Ports, model: string, tag: string, stages: number): void {
  const commit = stages > 0 ? `Commit ${stagesPath(model)}; ` : ''
  runner.log(`${commit}\`git push origin '${tag}'\` shares the tag, which is in this clone alone.`)
}

/** Does what the mode says with one model's stage or version; the model may be written with its version, `churn@v1.4.0`. */
export async function promote(given: PromoteInputs, ports: Ports): Promise<PromoteOutcome> {
  const together = given.version === undefined && given.model?.includes('@')
  const inputs = together ? { ...given, ...readVersionName(given.model!) } : given
  const { config, prefix } = await project(ports, inputs)
  const local = ports.event.name === 'local'
  const mode = inputs.mode ?? (local ? 'direct' : 'pull-request')
  if (mode === 'plan') return plannedOutcome(await wantedMoves(ports, config, prefix))
  if (mode === 'pull-request') return proposeAll(ports, config, prefix, inputs)
  const [[model] = [''], ...others] = chooseModels(config, inputs.model)
  if (others.length > 0 || !model)
    throw new UserError(
      'INPUT_INVALID',
      `Name the model with the input \`model\`: ${Object.keys(config.models).join(', ')}.`,
    )
  const stage = inputs.stage ?? firstStage(config)
  const wanted = { model, stage, version: inputs.version }
  const retire = async (retired: Retired) => {
    for (const [stage, version] of Object.entries(local ? retired.stages : {}))
      if (version === null || isVersion(version)) await writeStagesFile(ports, { model, stage, version })
    if (local && retired.created) share(ports, model, retired.tag, Object.keys(retired.stages).length)
    return retiredOutcome(retired)
  }
  switch (mode) {
    case 'deregister':
      return retire(await deregister(ports, config, model, inputs.version))
    case 'deprecate':
      return retire(await deprecate(ports, model))
    case 'unassign':
      return retire(await unassign(ports, config, model, stage))
    case 'direct':
    case 'rollback': {
      const moved = await (mode === 'rollback' ? rollBack : moveStage)(ports, config, wanted)
      if (local) {
        await writeStagesFile(ports, moved)
        if (moved.created) share(ports, model, moved.tag, 1)
      } else if (mode === 'rollback')
        await propose(ports, config, prefix, { ...wanted, version: moved.version, rolledBack: true })
      return movedOutcome(moved)
    }
  }
}
