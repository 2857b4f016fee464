import type { Ports, PullRequest } from '@mlwright/domain'
import { type ModelReport, renderReport } from '@mlwright/report'
import { repositoryUrl } from '../common/repository-url.ts'
import { type Published, publish } from './publish.ts'

/** Where one model's report stands, and what it is compared with. */
export interface ModelPlace {
  readonly project: string
  readonly pull: PullRequest['number']
  /** What the comparison calls its other side. */
  readonly base: string
  /** Commit that the model comes from. */
  readonly commit: string
  /** The pull request's head, which the check goes on. */
  readonly headCommit: string
  readonly prefix: string
}

/** Puts the report of one model on a pull request that mlwright opened, as comment and check. */
export async function publishModel(ports: Ports, report: ModelReport, place: ModelPlace): Promise<Published> {
  const { event } = ports
  const url = repositoryUrl(event)
  const { project, pull, base, commit, headCommit, prefix } = place
  const input = {
    project,
    repository: event.repository && url ? { owner: event.repository.owner, name: event.repository.name, url } : null,
    pullRequest: pull,
    base,
    commit,
    headCommit,
    differing: [],
    fork: false,
    runUrl: event.run?.url ?? null,
    problems: [],
    validations: [],
    models: [report],
    verdict: report.verdict,
    prefix,
  }
  return publish(ports, input, renderReport(input), { number: pull, fork: false, headCommit })
}
