import { nearest, type Ports, type Tag, UserError } from '@mlwright/domain'
import {
  foldEvents,
  type RegisteredVersion,
  type RegistrationNote,
  type RegistryModel,
  registrationNote,
  registryEvents,
} from '@mlwright/registry'

export interface Registry {
  readonly tags: readonly Tag[]
  readonly models: ReadonlyMap<string, RegistryModel>
}

/** Reads the registry's state from the repository's tags. */
export async function readRegistry({ tags }: Pick<Ports, 'tags'>): Promise<Registry> {
  const all = await tags.list()
  return { tags: all, models: foldEvents(registryEvents(all)) }
}

/** What a tag says of its version's origin, by the tag's name; null where another tool wrote it. Made for many questions. */
export function notesOf({ tags }: Pick<Registry, 'tags'>): (tag: string) => RegistrationNote | null {
  const messages = new Map(tags.map(({ name, message }) => [name, message]))
  return (tag) => registrationNote(messages.get(tag) ?? '')
}

/** A registered version of a model, the newest active one without a name; throws where there is none. */
export function versionOf({ models }: Registry, name: string, version: string | undefined): RegisteredVersion {
  const model = models.get(name)
  if (!model) {
    const near = nearest(name, models.keys())
    throw new UserError(
      'INPUT_INVALID',
      `No version of ${name} is registered${near ? `; did you mean ${near}?` : '; the action `register` makes the first one.'}`,
    )
  }
  const found = version === undefined ? model.latest : model.versions.find((other) => other.version === version)
  if (found) return found
  const known = model.versions.map((other) => other.version)
  throw new UserError(
    'INPUT_INVALID',
    `${name} has no ${version === undefined ? 'active version' : `version ${version}`}; registered are ${known.join(', ')}.`,
  )
}
