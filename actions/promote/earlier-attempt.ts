import type { Ports } from '@mlwright/domain'
import { type RegistryEvent, registryEvents } from '@mlwright/registry'
import type { Registry } from '../common/registry.ts'

const line = /^workflow-run: (\d+)\/(\d+)$/m

/** What an event's annotation says after gto's sentence: the attempt of the workflow run that writes it. */
export function attemptNote({ run }: Ports['event']): string {
  return run ? `\n\nworkflow-run: ${run.id}/${run.attempt}` : ''
}

/**
 * What an earlier attempt of this workflow run did to a stage: a rerun completes that, and does not do it once more on
 * top of what others did since. Null on a first attempt.
 */
export function doneEarlier(
  { tags }: Registry,
  { run }: Ports['event'],
  wanted: Pick<RegistryEvent, 'event' | 'model' | 'stage'>,
): RegistryEvent | null {
  if (!run || run.attempt === 1) return null
  const mine = tags.filter(({ message }) => {
    const [, id, attempt] = line.exec(message) ?? []
    return Number(id) === run.id && Number(attempt) < run.attempt
  })
  const names = new Set(mine.map(({ name }) => name))
  const isWanted = ({ tag, event, model, stage }: RegistryEvent) =>
    names.has(tag) && event === wanted.event && model === wanted.model && stage === wanted.stage
  return names.size > 0 ? (registryEvents(tags).findLast(isWanted) ?? null) : null
}
