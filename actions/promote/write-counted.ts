import { type Ports, type Tag, UserError } from '@mlwright/domain'
import { type NewEvent, nextCounter, parseTag, tagMessage, tagName } from '@mlwright/registry'
import type { Registry } from '../common/registry.ts'
import { attemptNote } from './earlier-attempt.ts'

/** Events of one second have no order of their own: waits until the model's newest one is older. */
async function nextSecond(clock: Ports['clock'], tags: readonly Tag[], model: string): Promise<void> {
  const last = tags.reduce(
    (newest, { name, at }) => (parseTag(name)?.model === model ? Math.max(newest, at) : newest),
    0,
  )
  const wait = (last + 1) * 1000 - clock.now().getTime()
  if (wait > 0) await clock.sleep(Math.min(wait, 5_000))
}

/** Writes an event that carries a counter, with the next free one. */
export async function writeCounted(
  ports: Pick<Ports, 'tags' | 'clock' | 'event'>,
  registry: Registry,
  event: NewEvent,
  { version, commit }: { readonly version: string; readonly commit: string },
): Promise<string> {
  let { tags } = registry
  const message = tagMessage(event, version) + attemptNote(ports.event)
  for (let attempt = 0; attempt < 20; attempt++) {
    await nextSecond(ports.clock, tags, event.model)
    const name = tagName(event, nextCounter(tags, event.model))
    if (await ports.tags.create({ name, commit, message })) return name
    tags = await ports.tags.list()
    if (tags.some((other) => other.name === name && other.commit === commit)) return name
  }
  throw new UserError('API_FAILED', `Other runs kept taking the next tag of ${event.model}; run this again.`)
}

/** Writes the simple tag of an event, or the one with a counter where an older event has that. */
export async function writeSimple(
  ports: Pick<Ports, 'tags' | 'clock' | 'event'>,
  registry: Registry,
  event: NewEvent,
  at: { readonly version: string; readonly commit: string },
): Promise<string> {
  const { tags } = registry
  const name = tagName(event, null)
  if (tags.some((other) => other.name === name)) return writeCounted(ports, registry, event, at)
  await nextSecond(ports.clock, tags, event.model)
  const message = tagMessage(event, at.version) + attemptNote(ports.event)
  await ports.tags.create({ name, commit: at.commit, message })
  return name
}
