import type { Ports, RetrainingDecision } from '@mlwright/domain'
import { type DriftPoint, renderDriftCleared } from '@mlwright/report'
import type { Kept } from './kept.ts'
import { type OpenProposal, saveProposals } from './retraining-history.ts'
import { retrainNames } from './settings.ts'

/** Nothing drifts any more: the pull request is closed with a word why, unless others work on its branch. */
export async function clearProposal(
  ports: Ports,
  points: readonly DriftPoint[],
  model: string,
  proposals: readonly RetrainingDecision[],
  { proposal, pull }: OpenProposal,
): Promise<Kept> {
  const { clock, comments, pulls, refs } = ports
  const branch = retrainNames.branch(model)
  const head = await refs.resolve(branch)
  const theirs = head !== null && !proposals.some((other) => other.head === head)
  const said = renderDriftCleared(points)
  const marked = (what: string) => `<!-- mlwright:retrain-cleared ${points.at(-1)!.id} -->\n${said} ${what}`
  if (pull && theirs) {
    await comments.create(pull.number, marked('Since others have committed to this branch, it stays open.'))
    return {
      model,
      decision: 'kept',
      message: `#${pull.number} stays open: others have committed to it.`,
      pull: pull.number,
    }
  }
  if (pull) {
    await comments.create(pull.number, marked('So there is nothing to train again for.'))
    await pulls.edit(pull.number, { state: 'closed' })
  }
  const decided = { ...proposal, decision: 'cleared', decided: clock.now().toISOString() } as const
  await saveProposals(ports, model, [...proposals.slice(0, -1), decided])
  if (head !== null && !theirs) await refs.remove(branch, head)
  const message = pull
    ? `Closed #${pull.number}: ${model} does not drift any more.`
    : `${model} does not drift any more.`
  return { model, decision: 'cleared', message, pull: pull?.number ?? null }
}
