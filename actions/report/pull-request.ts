import type { Ports } from '@mlwright/domain'

/** The pull request that a report is about. */
export interface Target {
  readonly number: number
  readonly fork: boolean
  /** Its head as the event knows it; a report on an older one is not published. */
  readonly headCommit: string
}

/** The event's pull request; of a `workflow_run`, the open one whose head is exactly that run's commit and repository. */
export async function targetOf(ports: Pick<Ports, 'event' | 'pulls' | 'runner'>): Promise<Target | null> {
  const { event, pulls, runner } = ports
  if (event.pullRequest && event.headCommit) return { ...event.pullRequest, headCommit: event.headCommit }
  const { origin } = event
  if (!origin) return null
  const open = await pulls.from(origin.owner, origin.branch)
  const match = open.find(({ head }) => head.commit === origin.commit && head.repository === origin.repository)
  if (match) return { number: match.number, fork: match.head.fork, headCommit: match.head.commit }
  runner.log(
    `No open pull request has ${origin.owner}:${origin.branch} at ${origin.commit} as its head; nothing is published.`,
  )
  return null
}
