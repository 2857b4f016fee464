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

/** Live Deployments of ours for a stage, oldest first. */
async function live(
  { deployments }: Pick<Ports, 'deployments'>,
  { model, stage, environment }: Pick<StageMove, 'model' | 'stage' | 'environment'>,
): Promise<Deployment[]> {
  const all = await deployments.list(environment)
  return all
    .filter(({ payload, state }) => payload?.model === model && payload.stage === stage && state !== 'inactive')
    .sort((a, b) => a.id - b.id)
}

/** Makes every Deployment of ours for a stage inactive, but the oldest one of `tag`. */
export async function endOthers(
  ports: Pick<Ports, 'deployments' | 'event'>,
  place: Pick<StageMove, 'model' | 'stage' | 'environment'>,
  tag: string | null,
): Promise<void> {
  if (!ports.event.run) return
  const all = await live(ports, place)
  const kept = all.find(({ payload }) => payload?.tag === tag)
  const description = tag === null ? 'No version is there any more.' : `The deployment of ${tag} counts.`
  for (const other of all)
    if (other !== kept) await ports.deployments.status(other.id, 'inactive', { description, url: null })
}

/**
 * The Deployment of a move: GitHub's where the job names the environment, else ours, made once. Of several of ours the
 * oldest counts. Null on a laptop.
 */
export async function deploymentOf(
  ports: Pick<Ports, 'deployments' | 'event'>,
  move: StageMove,
): Promise<Deployment | null> {
  const { deployments, event } = ports
  if (!event.run) return null
  const job = ofJob(await deployments.list(move.environment), event)
  if (job) return job
  const ours = async () => (await live(ports, move)).find(({ payload }) => payload?.tag === move.tag) ?? null
  const there = await ours()
  if (there) return there
  const { model, version, stage, tag, commit, environment } = move
  await deployments.create({
    environment,
    commit,
    description: `${model} ${version} in ${stage}`,
    payload: { model, version, stage, tag },
  })
  return ours()
}
