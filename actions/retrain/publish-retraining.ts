import type { Ports, Retraining } from '@mlwright/domain'
import { Records } from '@mlwright/tracking'
import { withLease } from '../common/lease.ts'
import { clearProposal } from './clear-proposal.ts'
import { readHistory } from './drift-history.ts'
import type { Kept, Place } from './kept.ts'
import { proposeRetraining } from './propose-retraining.ts'
import { followProposals, restsUntil } from './retraining-history.ts'
import { retrainSettings } from './settings.ts'

/** Keeps a model's one pull request: opens or updates it, leaves it alone for as long as people want, closes it when nothing drifts. */
export async function publishRetraining(given: Ports, place: Place, retraining: Retraining): Promise<Kept> {
  const { model, outcome, reason } = retraining
  return withLease(given, `retrain-${model}`, async (ports) => {
    const records = new Records(ports.refs)
    const followed = await followProposals(ports, model)
    const history = await readHistory(records, retraining)
    const { proposals, open } = followed
    if (outcome === 'clear')
      return open
        ? clearProposal(ports, history.points, model, proposals, open)
        : { model, decision: 'none', message: '', pull: null }
    if (outcome === 'none')
      return { model, decision: 'none', message: `${model}: ${reason}`, pull: open?.pull?.number ?? null }
    const { cooldownDays } = retrainSettings(place.config.models[model]!, {})
    const rest = open ? null : restsUntil(proposals, cooldownDays, ports.clock.now())
    if (rest) {
      const { proposal, until } = rest
      const day = until.toISOString().slice(0, 10)
      return {
        model,
        decision: 'resting',
        message: `${model}: pull request #${proposal.pull} was ${proposal.decision}, so that no other one is opened until ${day} (models.${model}.retrain.cooldown_days).`,
        pull: null,
      }
    }
    return proposeRetraining(ports, records, place, retraining, history, followed)
  })
}
