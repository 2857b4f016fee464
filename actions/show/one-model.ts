import type { RegistryState } from '@mlwright/registry'
import { unknownModel } from '../common/unknown-model.ts'

/** The state of one model alone, or all of it without a name. */
export function oneModel(state: RegistryState, name: string | undefined): RegistryState {
  const { models, deprecated } = state
  if (name === undefined) return state
  if (deprecated.includes(name)) return { models: {}, deprecated: [name] }
  const model = Object.hasOwn(models, name) ? models[name] : undefined
  if (!model) throw unknownModel(name, [...Object.keys(models), ...deprecated])
  return { models: { [name]: model }, deprecated: [] }
}
