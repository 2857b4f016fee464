import type { Ports } from '@mlwright/domain'
import { type RenderedReport, type ReportInput, reportMarker } from '@mlwright/report'
import type { Target } from './pull-request.ts'

export interface Published {
  readonly commentUrl: string | null
  readonly checkUrl: string | null
}

/** Writes the one comment: updated in place, created again where it was deleted, and never on a head that has moved. */
async function publishComment(
  ports: Pick<Ports, 'comments' | 'pulls' | 'runner'>,
  target: Target,
  project: string,
  body: string,
): Promise<string | null> {
  const { comments, pulls, runner } = ports
  const pull = await pulls.get(target.number)
  if (pull && pull.head.commit !== target.headCommit) {
    runner.log(`Pull request #${target.number} has moved on to ${pull.head.commit.slice(0, 8)}; its own run comments.`)
    return null
  }
  const [first] = await comments.find(target.number, reportMarker(project))
  if (first?.body === body) return first.url
  const updated = first ? await comments.update(first.id, body) : null
  if (updated) return updated.url
  return (await comments.create(target.number, body)).url
}

/** Publishes a report: comment and check on GitHub. */
export async function publish(
  ports: Ports,
  input: ReportInput,
  rendered: RenderedReport,
  target: Target | null,
): Promise<Published> {
  const commentUrl = target ? await publishComment(ports, target, input.project, rendered.comment) : null
  const commit = target?.headCommit ?? ports.event.headCommit
  if (!commit) return { commentUrl, checkUrl: null }
  const conclusion = input.fork ? 'neutral' : input.verdict === 'fail' ? 'failure' : 'success'
  const checkUrl = await ports.checks.publish({
    name: `mlwright / ${input.project}`,
    commit,
    conclusion,
    title: rendered.checkTitle,
    summary: rendered.checkSummary,
    annotations: rendered.annotations,
  })
  return { commentUrl, checkUrl }
}
