import type { Config, Ports } from '@mlwright/domain'
import { readRegistry } from '../common/registry.ts'
import { deploymentOf, endOthers, type StageMove } from './deployment.ts'

/**
 * What the tag of a move asks for: its Deployment, and the stage's workflow. Done once: a Deployment that succeeded is
 * left as it is. A run that ends between the two starts the workflow again, so it is started at least once.
 */
export async function realiseMove(ports: Ports, workflow: string | null, move: StageMove): Promise<number | null> {
  const { deployments, event, runner, workflows } = ports
  const { model, version, stage, tag } = move
  const deployment = await deploymentOf(ports, move)
  if (deployment?.state === 'success') {
    await endOthers(ports, move, tag)
    return deployment.id
  }
  const ours = deployment?.payload ? deployment : null
  const say = async (state: 'in_progress' | 'success', description: string) => {
    if (ours) await deployments.status(ours.id, state, { description, url: event.run?.url ?? null })
  }
  await say('in_progress', `Moving ${model} ${version} to ${stage}`)
  if (workflow && event.run) await workflows.dispatch(workflow, event.defaultBranch, { model, version, stage, tag })
  else if (workflow) runner.log(`On GitHub, ${workflow} would be started now.`)
  await say('success', workflow ? `${workflow} was started` : `${model} ${version} is in ${stage}`)
  await endOthers(ports, move, tag)
  return deployment?.id ?? null
}

/**
 * Lets whoever the tags say is in some stages take over from a version that left them: with a Deployment and the
 * workflow, like any move. Returns by stage who is there now; null for nobody.
 */
export async function letTakeOver(
  ports: Ports,
  config: Config,
  model: string,
  stages: Iterable<string>,
): Promise<ReadonlyMap<string, string | null>> {
  const known = (await readRegistry(ports)).models.get(model)
  const now = new Map<string, string | null>()
  for (const stage of stages) {
    const [holder] = known?.stages.get(stage) ?? []
    const { environment = stage, workflow = null } = config.registry.stages[stage] ?? {}
    const registered = known?.versions.some(({ version }) => version === holder?.version)
    if (holder && registered) await realiseMove(ports, workflow, { model, stage, environment, ...holder })
    else await endOthers(ports, { model, stage, environment }, holder?.tag ?? null)
    now.set(stage, holder?.version ?? null)
  }
  return now
}
