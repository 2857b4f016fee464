import type { RegistryEvent } from '@mlwright/registry'
import { unknownModel } from '../common/unknown-model.ts'

/** The events of one model, or all of them without a name, newest first. */
export function newestFirst(events: readonly RegistryEvent[], model: string | undefined): RegistryEvent[] {
  const found = events.filter((event) => model === undefined || event.model === model).reverse()
  if (model !== undefined && found.length === 0) throw unknownModel(model, new Set(events.map((event) => event.model)))
  return found
}
