import type { Ports } from '@mlwright/domain'
import { withLease } from '../common/lease.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { keepIssue } from './keep-issue.ts'
import type { Monitored } from './monitor-models.ts'
import { savePoint } from './save-point.ts'

/** Keeps what was found of a model: a point of its history, and on GitHub its issue, whose address is returned. */
async function publishMonitoring(ports: Ports, model: string, { report }: Monitored): Promise<string | null> {
  const { event } = ports
  const repository = repositoryUrl(event)
  const runUrl = event.run && repository && `${repository}/actions/runs/${event.run.id}`
  return withLease(ports, `monitor-${model}`, async (held) => {
    const history = await savePoint(held, model, report)
    return event.name === 'local' ? null : keepIssue(held, { model, ...history, runUrl })
  })
}

/** Keeps what was found of every model. */
export async function publishAll(ports: Ports, all: readonly Monitored[]): Promise<string[]> {
  const issues: string[] = []
  for (const monitored of all) {
    const { model } = monitored
    const url = model === null ? null : await publishMonitoring(ports, model, monitored)
    if (url !== null) issues.push(url)
  }
  return issues
}
