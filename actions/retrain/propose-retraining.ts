import { type Ports, type PullRequest, type Retraining, type RetrainingDecision, UserError } from '@mlwright/domain'
import { renderRetraining, reportMarker } from '@mlwright/report'
import type { Records } from '@mlwright/tracking'
import { committedConfig } from '../common/committed-config.ts'
import { pullRefused } from '../common/pull-refused.ts'
import { inputsProblem } from '../report/verify-inputs.ts'
import { publishCandidate } from './candidate-report.ts'
import type { DriftHistory } from './drift-history.ts'
import type { Kept, Place } from './kept.ts'
import { candidateRecord, keepRecords, pickedRun } from './picked-run.ts'
import { retrainedText } from './retrained-text.ts'
import { type FollowedProposals, saveProposals } from './retraining-history.ts'
import { retrainNames, retrainSettings } from './settings.ts'
import { type WrittenBranch, writeBranch } from './write-branch.ts'

/** Says once for each head that others' commits are left as they are. */
async function sayKept({ comments }: Pick<Ports, 'comments'>, pull: PullRequest, model: string): Promise<void> {
  const body = `<!-- mlwright:retrain-kept ${pull.head.commit} -->\nOthers have committed to this branch, so the newer candidate of \`${model}\` is not put on it; the text above is about that one. Delete the branch or close this pull request to have it proposed anew.`
  const [said] = await comments.find(pull.number, body.split('\n')[0]!)
  if (!said) await comments.create(pull.number, body)
}

/** Puts the candidate on the branch, keeps its records, and opens or updates the pull request with the evidence. */
export async function proposeRetraining(
  ports: Ports,
  records: Records,
  place: Place,
  retraining: Retraining,
  history: DriftHistory,
  followed: FollowedProposals,
): Promise<Kept> {
  const { clock, comments, event, pulls, refs } = ports
  const { model } = retraining
  const { config, prefix } = place
  const configured = config.models[model]!
  const { cooldownDays } = retrainSettings(configured, {})
  const { result, data, proposed } = await pickedRun(ports, retraining)
  const path = prefix + place.path
  const text = new TextDecoder().decode((await refs.read(place.commit, path)) ?? new Uint8Array())
  const files = new Map([
    [path, new TextEncoder().encode(retrainedText(text, path, config, model, configured))],
    [prefix + retrainNames.data(model), data],
  ])
  const render = (kept: boolean) =>
    renderRetraining({ retraining, ...history, runUrl: event.run?.url ?? null, kept, cooldownDays })
  const { title } = render(false)
  const own = new Set(followed.proposals.map(({ head }) => head))
  const written: WrittenBranch = await writeBranch(ports, model, place.commit, title, files, own)
  const pulled = followed.open?.pull ?? null
  if (written.kept && pulled === null)
    return {
      model,
      decision: 'kept',
      message: `The branch ${retrainNames.branch(model)} has commits by others and is left as it is; delete it to have the retraining proposed.`,
      pull: null,
    }
  const { head } = written
  const record = await candidateRecord(ports, records, config, proposed)
  const proposal: RetrainingDecision = {
    pull: pulled?.number ?? null,
    strategy: result.strategy,
    run: record.stored.run.id,
    input_digest: result.input_digest,
    point: retraining.point,
    head,
    proposed: followed.open?.proposal.proposed ?? clock.now().toISOString(),
    decision: 'open',
    decided: null,
  }
  const before = followed.open ? followed.proposals.slice(0, -1) : followed.proposals
  if (!written.kept) {
    const headConfig = await committedConfig(ports, head, path)
    const problem = await inputsProblem(refs, head, prefix, headConfig, model, proposed.run)
    if (problem) {
      if (written.written) await refs.remove(retrainNames.branch(model), head)
      throw new UserError(
        'RECORD_INVALID',
        `${problem} ${event.name === 'local' ? 'Commit your changes first.' : 'Run the workflow again.'}`,
      )
    }
    await keepRecords(ports, record, head, [...before, proposal])
  }
  if (event.name === 'local')
    return {
      model,
      decision: 'proposed',
      message: `The branch ${retrainNames.branch(model)} has the candidate; push it and open a pull request: ${title}.`,
      pull: null,
    }
  const { body } = render(written.kept)
  const opened =
    pulled ?? (await pulls.open({ branch: retrainNames.branch(model), base: event.defaultBranch, title, body }))
  if (!opened)
    return { model, decision: 'proposed', message: pullRefused(event, retrainNames.branch(model)), pull: null }
  const shown = written.kept ? { body } : { title, body }
  if (opened.body !== body || (!written.kept && opened.title !== title)) await pulls.edit(opened.number, shown)
  if (written.kept) {
    await sayKept(ports, opened, model)
    return {
      model,
      decision: 'kept',
      message: `#${opened.number} has commits by others; its branch is left as it is.`,
      pull: opened.number,
    }
  }
  if (opened.number !== proposal.pull)
    await saveProposals(ports, model, [...before, { ...proposal, pull: opened.number }])
  const commented = await comments.find(opened.number, reportMarker(config.project.name))
  if (written.written || commented.length === 0) {
    const configs = { base: config, head: await committedConfig(ports, head, path) }
    await publishCandidate(ports, records, configs, proposed, retraining, { pull: opened.number, commit: head, prefix })
  }
  return { model, decision: 'proposed', message: `Pull request #${opened.number}: ${title}.`, pull: opened.number }
}
