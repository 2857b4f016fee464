import type { TagStamp } from '@mlwright/domain'
import { parseTag } from './parse-tag.ts'
import type { EventKind, RegistryEvent } from './registry-event.ts'

/** gto's order within one second: what a later event needs comes first. */
const priority: Readonly<Record<EventKind, number>> = {
  deprecation: 2,
  registration: 3,
  deregistration: 4,
  assignment: 5,
  unassignment: 6,
}

type Unresolved = { -readonly [Key in keyof RegistryEvent]: RegistryEvent[Key] }

const byTime = (a: RegistryEvent, b: RegistryEvent) =>
  a.at - b.at || priority[a.event] - priority[b.event] || (a.tag < b.tag ? -1 : Number(a.tag > b.tag))

function read({ name: tag, annotated, at, commit }: TagStamp): Unresolved | null {
  const said = annotated ? parseTag(tag) : null
  if (!said) return null
  const { model, event, version, stage } = said
  return { at, model, event, version, stage, commit, tag }
}

/** The version that was registered last at a commit, by model and commit. */
function registered(events: readonly RegistryEvent[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const models = new Map<string, Map<string, string>>()
  for (const { model, version, commit } of events) {
    if (version === null) continue
    const versions = models.get(model)
    if (versions) versions.set(commit, version)
    else models.set(model, new Map([[commit, version]]))
  }
  return models
}

/** The events that tags record, oldest first: by time, then gto's priority, then name. Lightweight tags record none. */
export function registryEvents(tags: Iterable<TagStamp>): RegistryEvent[] {
  const events: Unresolved[] = []
  for (const tag of tags) {
    const event = read(tag)
    if (event) events.push(event)
  }
  events.sort(byTime)
  const models = registered(events)
  for (const event of events)
    if (event.stage !== null) event.version = models.get(event.model)?.get(event.commit) ?? event.commit
  return events
}
