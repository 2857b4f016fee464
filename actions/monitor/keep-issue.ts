import type { Issue, Ports } from '@mlwright/domain'
import {
  type DriftIssueInput,
  driftMarker,
  driftSince,
  renderDriftCleared,
  renderDriftIssue,
  rings,
  unbroken,
} from '@mlwright/report'

/** Closed when nothing drifts any more: once, and with a word why. */
async function clear({ issues }: Pick<Ports, 'issues'>, issue: Issue | undefined, input: DriftIssueInput) {
  if (!issue?.open) return null
  await issues.update(issue.number, { state: 'closed' })
  await issues.comment(issue.number, renderDriftCleared(input.points))
  return issue.url
}

/**
 * Keeps a model's one issue: drift opens it, or opens it again when the data had been clear in between; one that a person
 * closed while the data drifts stays closed. Its text changes in place; no drift closes it. Returns its address where
 * there is something to see.
 */
export async function keepIssue(ports: Pick<Ports, 'issues'>, input: DriftIssueInput): Promise<string | null> {
  const { issues } = ports
  const { model, points } = input
  const drifting = points.map(({ report }) => rings(report))
  if (!drifting.includes(true)) return null
  const [issue] = await issues.find(driftMarker(model))
  if (!drifting.at(-1)) return clear(ports, issue, input)
  const { title, body } = renderDriftIssue(input)
  if (!issue) return (await issues.create({ title, body })).url
  const series = unbroken(points, rings)
  const known = driftSince(issue.body)
  const again = !issue.open && !series.some(({ id }) => id === known)
  if (issue.body === body && issue.title === title && !again) return issue.url
  const updated = await issues.update(issue.number, { title, body, ...(again && { state: 'open' as const }) })
  if (!updated) return (await issues.create({ title, body })).url
  if (again) await issues.comment(issue.number, 'The data drifts again; the text above says how.')
  return updated.url
}
