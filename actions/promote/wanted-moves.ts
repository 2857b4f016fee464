import { type Config, type Ports, UserError } from '@mlwright/domain'
import { readStages, type StagesFile, stagesPath } from '@mlwright/registry'
import { readRegistry } from '../common/registry.ts'
import { stageConfig } from './move-stage.ts'

/** A stage that a merge wants to have changed. */
export interface WantedMove {
  readonly model: string
  readonly stage: string
  /** Empty where the stage is to be emptied. */
  readonly version: string
  readonly environment: string
  readonly mode: 'direct' | 'unassign'
}

/** The stages file of a model, at a commit or in the working copy; empty where there is none. */
async function stagesOf(
  { files, refs }: Pick<Ports, 'files' | 'refs'>,
  commit: string | null,
  prefix: string,
  model: string,
) {
  const path = stagesPath(model)
  const bytes = commit === null ? await files.read(path) : await refs.read(commit, prefix + path)
  return bytes ? readStages(new TextDecoder().decode(bytes), path) : null
}

function place(file: StagesFile, stage: string): string {
  const { file: path, line, column } = file.locate(stage)
  return `${path}:${line}:${column}`
}

/**
 * What the stages files ask for: on a push, the lines that it changed and that are not so yet; else all lines that
 * differ from the tags. A stage that was moved by hand is so never moved back by a push about something else.
 */
export async function wantedMoves(ports: Ports, config: Config, prefix: string): Promise<WantedMove[]> {
  const { event } = ports
  const { models } = await readRegistry(ports)
  const moves: WantedMove[] = []
  for (const model of Object.keys(config.models)) {
    const file = await stagesOf(ports, event.name === 'local' ? null : event.commit, prefix, model)
    const before =
      event.name === 'push' && event.baseCommit ? await stagesOf(ports, event.baseCommit, prefix, model) : null
    const known = models.get(model)
    for (const [stage, version] of Object.entries(file?.stages ?? {})) {
      if (event.name === 'push' && before?.stages[stage] === version) continue
      if (known?.stages.get(stage)?.[0]?.version === version) continue
      const { environment } = stageConfig(config, stage)
      if (!known?.versions.some((other) => other.version === version && other.active))
        throw new UserError(
          'CONFIG_INVALID',
          `${place(file!, stage)}: ${model} has no active version ${version}; registered are ${
            known?.versions
              .filter(({ active }) => active)
              .map((other) => other.version)
              .join(', ') || 'none'
          }.`,
        )
      moves.push({ model, stage, version, environment, mode: 'direct' })
    }
    for (const stage of Object.keys(before?.stages ?? {}))
      if (!(stage in (file?.stages ?? {})) && known?.stages.get(stage)?.[0])
        moves.push({ model, stage, version: '', environment: stageConfig(config, stage).environment, mode: 'unassign' })
  }
  return moves
}
