import { type Ports, type PullRequest, type RetrainingDecision, RetrainingHistory } from '@mlwright/domain'
import { readRecord, recordPaths, recordsBranch, recordText } from '@mlwright/tracking'
import { retrainNames } from './settings.ts'

type Proposals = readonly RetrainingDecision[]

const day = 86_400_000

/** Every proposal to train a model again, the newest last. */
export async function readProposals({ refs }: Pick<Ports, 'refs'>, model: string): Promise<Proposals> {
  const path = recordPaths.retraining(model)
  const bytes = await refs.read(recordsBranch, path)
  return bytes ? readRecord(RetrainingHistory, bytes, path).proposals : []
}

/** The file of the records branch that remembers them. */
export function proposalsFile(model: string, proposals: Proposals): [string, Uint8Array] {
  const history: RetrainingHistory = { kind: 'RetrainingHistory', version: 1, model, proposals: [...proposals] }
  return [recordPaths.retraining(model), new TextEncoder().encode(recordText(history))]
}

export async function saveProposals(
  { refs }: Pick<Ports, 'refs'>,
  model: string,
  proposals: Proposals,
): Promise<Proposals> {
  await refs.commit(recordsBranch, `Remember the retraining of ${model}`, new Map([proposalsFile(model, proposals)]))
  return proposals
}

/** The open proposal and its pull request, which a person may have opened from the branch. */
export interface OpenProposal {
  readonly proposal: RetrainingDecision
  readonly pull: PullRequest | null
}

export interface FollowedProposals {
  readonly proposals: Proposals
  /** Null where the newest one has been decided, and where there is none. */
  readonly open: OpenProposal | null
}

/** Looks what became of the newest proposal, and remembers what people decided; one that they closed they may open again. */
export async function followProposals(
  ports: Pick<Ports, 'refs' | 'pulls' | 'event' | 'clock'>,
  model: string,
): Promise<FollowedProposals> {
  const { pulls, event, clock } = ports
  const proposals = await readProposals(ports, model)
  const last = proposals.at(-1)
  if (last?.decision !== 'open' && last?.decision !== 'closed') return { proposals, open: null }
  const owner = event.repository?.owner ?? ''
  const pull =
    last.pull !== null
      ? await pulls.get(last.pull)
      : ((await pulls.from(owner, retrainNames.branch(model))).find(({ head }) => !head.fork) ?? null)
  const found = { ...last, pull: pull?.number ?? last.pull, decision: 'open', decided: null } as const
  if (pull?.open || (!pull && last.decision === 'open'))
    return { proposals: [...proposals.slice(0, -1), found], open: { proposal: found, pull } }
  const decision = pull?.mergeCommit ? 'merged' : 'closed'
  if (!pull || decision === last.decision) return { proposals, open: null }
  const decided = { ...found, decision, decided: pull.closedAt ?? clock.now().toISOString() } as const
  return { proposals: await saveProposals(ports, model, [...proposals.slice(0, -1), decided]), open: null }
}

/** Until when no new pull request is opened, after people have closed or merged one; null where nothing keeps it. */
export function restsUntil(proposals: Proposals, cooldownDays: number, now: Date) {
  const last = proposals.findLast(({ decision }) => decision === 'closed' || decision === 'merged')
  if (!last?.decided) return null
  const until = new Date(Date.parse(last.decided) + cooldownDays * day)
  return until > now ? { proposal: last, until } : null
}
