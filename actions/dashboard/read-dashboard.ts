import { basename } from 'node:path'
import type { Ports } from '@mlwright/domain'
import { registryEvents } from '@mlwright/registry'
import type { DashboardInput } from '@mlwright/report'
import { Records } from '@mlwright/tracking'
import { readRegistry } from '../common/registry.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { unknownModel } from '../common/unknown-model.ts'
import { modelOf } from './model-of.ts'

/** So many runs, points of the history and of the monitoring are read in all: through GitHub's API four requests, of the 1,000 that a token has in an hour. */
const most = 120

/** Everything that the page shows of one model, or of all of them without a name. */
export async function readDashboard(ports: Ports, name: string | undefined): Promise<DashboardInput> {
  const { clock, event, files, refs } = ports
  const records = new Records(refs)
  const [registry, recorded] = [await readRegistry(ports), await records.models()]
  const known = [...new Set([...registry.models.keys(), ...recorded])].sort()
  if (name !== undefined && !known.includes(name)) throw unknownModel(name, known)
  const wanted = name === undefined ? known : [name]
  const share = Math.max(5, Math.floor(most / wanted.length))
  const events = registryEvents(registry.tags)
  const models = []
  for (const model of wanted)
    models.push(await modelOf(model, { registry, events, records, branch: event.defaultBranch, most: share }))
  return {
    title: event.repository ? `${event.repository.owner}/${event.repository.name}` : basename(files.absolute('.')),
    written: clock.now().getTime() / 1000,
    repositoryUrl: repositoryUrl(event),
    defaultBranch: event.defaultBranch,
    models,
  }
}
