import { type Config, nearest, type Ports, UserError } from '@mlwright/domain'
import { nextCounter, tagMessage, tagName } from '@mlwright/registry'
import { withLease } from '../common/lease.ts'
import { type Registry, readRegistry } from '../common/registry.ts'
import { checkVersion } from './check-version.ts'
import { deploymentOf, type StageMove } from './deployment.ts'

export interface Moved {
  readonly model: string
  readonly stage: string
  readonly version: string
  /** The version that was in the stage before; null where it was empty. */
  readonly previous: string | null
  readonly tag: string
  readonly created: boolean
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

/** Writes an event that carries a counter, with the next free one. */
export async function writeCounted(
  ports: Pick<Ports, 'tags'>,
  registry: Registry,
  event: { readonly event: 'assignment' | 'unassignment'; readonly model: string; readonly stage: string },
  { version, commit }: { readonly version: string; readonly commit: string },
): Promise<string> {
  let { tags } = registry
  for (let attempt = 0; attempt < 20; attempt++) {
    const name = tagName(event, nextCounter(tags, event.model))
    if (await ports.tags.create({ name, commit, message: tagMessage(event, version) })) return name
    tags = await ports.tags.list()
  }
  throw new UserError('API_FAILED', `Other runs kept taking the next tag of ${event.model}; run this again.`)
}

async function realise(ports: Ports, workflow: string | null, move: StageMove): Promise<number | null> {
  const { deployments, event, runner, workflows } = ports
  const { model, version, stage, tag } = move
  const deployment = await deploymentOf(ports, move)
  if (deployment?.state === 'success') return deployment.id
  const ours = deployment?.payload ? deployment : null
  const say = async (state: 'in_progress' | 'success', description: string) => {
    if (ours) await deployments.status(ours.id, state, { description, url: event.run?.url ?? null })
  }
  await say('in_progress', `Moving ${model} ${version} to ${stage}`)
  if (workflow && event.run) await workflows.dispatch(workflow, event.defaultBranch, { model, version, stage, tag })
  else if (workflow) runner.log(`On GitHub, ${workflow} would be started now.`)
  await say('success', workflow ? `${workflow} was started` : `${model} ${version} is in ${stage}`)
  return deployment?.id ?? null
}

/** Moves a version to a stage: tag, Deployment, and the stage's workflow. What is there already is not done again. */
export async function moveStage(
  ports: Ports,
  config: Config,
  wanted: { readonly model: string; readonly version: string | undefined; readonly stage: string },
): Promise<Moved> {
  const { model, stage } = wanted
  const { environment, workflow } = stageConfig(config, stage)
  return withLease(ports, model, async () => {
    const registry = await readRegistry(ports)
    const { registered } = await checkVersion(ports, registry, config, model, wanted.version)
    const { version, commit } = registered
    const held = registry.models.get(model)?.stages.get(stage) ?? []
    const there = held[0]?.version === version ? held[0] : null
    const tag = there?.tag ?? (await writeCounted(ports, registry, { event: 'assignment', model, stage }, registered))
    const deployment = await realise(ports, workflow, { model, version, commit, stage, environment, tag })
    const previous = (there ? held[1] : held[0])?.version ?? null
    return { model, stage, version, previous, tag, created: there === null, deployment }
  })
}
