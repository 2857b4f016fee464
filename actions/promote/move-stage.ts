import { type Config, nearest, type Ports, UserError } from '@mlwright/domain'
import { registryEvents } from '@mlwright/registry'
import { withLease } from '../common/lease.ts'
import { readRegistry } from '../common/registry.ts'
import { checkVersion } from './check-version.ts'
import { endOthers } from './deployment.ts'
import { doneEarlier } from './earlier-attempt.ts'
import { realiseMove } from './realise-move.ts'
import { writeCounted } from './write-counted.ts'

export interface Moved {
  readonly model: string
  readonly stage: string
  readonly version: string
  /** The version that was in the stage before; null where it was empty. */
  readonly previous: string | null
  readonly tag: string
  readonly created: boolean
  /** The version that others have put there since this workflow run did its move; null where it is still there. */
  readonly superseded: string | null
  readonly deployment: number | null
}

/** A stage's environment and workflow; throws for a stage that the configuration does not have. */
export function stageConfig(config: Config, stage: string): { environment: string; workflow: string | null } {
  const { stages } = config.registry
  const found = stages[stage]
  if (found) return { environment: found.environment ?? stage, workflow: found.workflow ?? null }
  const near = nearest(stage, Object.keys(stages))
  const hint = near ? `did you mean ${near}?` : `stages here: ${Object.keys(stages).join(', ')}.`
  throw new UserError('INPUT_INVALID', `registry.stages of mlwright.yml has no stage ${stage}; ${hint}`)
}

/**
 * Moves a version to a stage: tag, Deployment, and the stage's workflow. What is there already is not done again (one
 * that only came back when another was unassigned or deregistered is), and the rerun of a workflow run does not undo
 * what others did after it.
 */
export async function moveStage(
  ports: Ports,
  config: Config,
  wanted: { readonly model: string; readonly version: string | undefined; readonly stage: string },
): Promise<Moved> {
  const { model, stage } = wanted
  const { environment, workflow } = stageConfig(config, stage)
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    const done = doneEarlier(registry, ports.event, { event: 'assignment', model, stage })
    const asked = wanted.version ?? done?.version ?? undefined
    const { registered } = await checkVersion(ports, registry, config, model, asked)
    const { version, commit } = registered
    const held = registry.models.get(model)?.stages.get(stage) ?? []
    const [now, before] = held
    if (done?.version === version && done.tag !== now?.tag) {
      await endOthers(ports, { model, stage, environment }, now?.tag ?? null)
      const previous = now?.version ?? null
      return {
        model,
        stage,
        version,
        previous,
        tag: done.tag,
        created: false,
        superseded: previous ?? '',
        deployment: null,
      }
    }
    const newest = registryEvents(registry.tags).findLast((event) => event.model === model && event.stage === stage)
    const there = now?.version === version && now.tag === newest?.tag ? now : null
    const tag = there?.tag ?? (await writeCounted(ports, registry, { event: 'assignment', model, stage }, registered))
    const deployment = await realiseMove(ports, workflow, { model, version, commit, stage, environment, tag })
    const previous = (there ? before : now)?.version ?? null
    return { model, stage, version, previous, tag, created: there === null, superseded: null, deployment }
  })
}
