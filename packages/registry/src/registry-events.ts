import type { Tag } from '@mlwright/domain'
import { parseTag, type RegistryTag } from './parse-tag.ts'
import type { EventKind, RegistryEvent } from './registry-event.ts'

/** gto's order within one second: what a later event needs comes first. */
const priority: Readonly<Record<EventKind, number>> = {
  deprecation: 2,
  registration: 3,
  deregistration: 4,
  assignment: 5,
  unassignment: 6,
}

interface Read {
  readonly tag: Tag
  readonly said: RegistryTag
}

const byTime = (a: Read, b: Read) =>
  a.tag.at - b.tag.at ||
  priority[a.said.event] - priority[b.said.event] ||
  (a.tag.name < b.tag.name ? -1 : Number(a.tag.name > b.tag.name))

/** The events that tags record, oldest first: by time, then gto's priority, then name. Lightweight tags record none. */
export function registryEvents(tags: Iterable<Tag>): RegistryEvent[] {
  const read: Read[] = []
  for (const tag of tags) {
    const said = tag.annotated ? parseTag(tag.name) : null
    if (said) read.push({ tag, said })
  }
  read.sort(byTime)
  const registered = new Map<string, string>()
  for (const { tag, said } of read)
    if (said.version !== null) registered.set(`${said.model} ${tag.commit}`, said.version)
  return read.map(({ tag, said }) => ({
    at: tag.at,
    model: said.model,
    event: said.event,
    version:
      said.version ?? (said.stage === null ? null : (registered.get(`${said.model} ${tag.commit}`) ?? tag.commit)),
    stage: said.stage,
    commit: tag.commit,
    tag: tag.name,
  }))
}
