import type { Deployment, Ports } from '@mlwright/domain'

export interface StageMove {
  readonly model: string
  readonly version: string
  readonly commit: string
  readonly stage: string
  readonly environment: string
  /** The stage tag. */
  readonly tag: string
}

const waiting = new Set<Deployment['state']>([null, 'queued', 'pending', 'waiting', 'in_progress'])

/** The Deployment that GitHub made for the job which names the environment, if this is one. */
function ofJob(all: readonly Deployment[], event: Ports['event']): Deployment | null {
  return (
    all.find(({ payload, commit, state }) => payload === null && commit === event.commit && waiting.has(state)) ?? null
  )
}

/**
 * The Deployment of a move: GitHub's where the job names the environment, else ours, made once. Of several of ours the
 * oldest counts and the others become inactive. Null on a laptop.
 */
export async function deploymentOf(
  ports: Pick<Ports, 'deployments' | 'event'>,
  move: StageMove,
): Promise<Deployment | null> {
  const { deployments, event } = ports
  if (!event.run) return null
  const ours = async () => {
    const all = await deployments.list(move.environment)
    return all
      .filter(({ payload, state }) => payload?.tag === move.tag && state !== 'inactive')
      .sort((a, b) => a.id - b.id)
  }
  const job = ofJob(await deployments.list(move.environment), event)
  if (job) return job
  const { model, version, stage, tag, commit, environment } = move
  if ((await ours()).length === 0)
    await deployments.create({
      environment,
      commit,
      description: `${model} ${version} in ${stage}`,
      payload: { model, version, stage, tag },
    })
  const [oldest, ...others] = await ours()
  for (const { id } of others)
    await deployments.status(id, 'inactive', { description: `Another deployment of ${tag} counts.`, url: null })
  return oldest ?? null
}
