import { type Ports, UserError } from '@mlwright/domain'
import {
  type Bump,
  nextVersion,
  type RegisteredVersion,
  type RegistrationNote,
  registrationMessage,
  tagName,
} from '@mlwright/registry'
import { notesOf, type Registry, readRegistry } from '../common/registry.ts'

export interface ClaimedVersion {
  readonly version: string
  readonly tag: string
  /** Commit that the tag names. */
  readonly commit: string
  /** False where it was deregistered. */
  readonly active: boolean
  readonly created: boolean
}

export interface VersionRequest {
  readonly model: string
  readonly commit: string
  readonly note: RegistrationNote
  readonly bump: Bump
  /** A version that the user wants; it must be free. */
  readonly version?: string | undefined
}

const known = ({ version, tag, commit, active }: RegisteredVersion): ClaimedVersion => ({
  version,
  tag,
  commit,
  active,
  created: false,
})

/** The version that is registered at a commit, or null: gto allows one for each model. */
export function versionAt(registry: Registry, model: string, commit: string): ClaimedVersion | null {
  const found = registry.models.get(model)?.versions.find((other) => other.commit === commit && other.active)
  return found ? known(found) : null
}

/**
 * What was registered already: at this commit, or as the newest version, of these inputs. One that was deregistered
 * since counts too, so that no rerun and no merge about something else brings it back.
 */
export function registeredBefore(
  registry: Registry,
  model: string,
  commit: string,
  inputDigest: string,
): ClaimedVersion | null {
  const { versions = [], latest = null } = registry.models.get(model) ?? {}
  const newest = versions.slice(0, latest ? versions.indexOf(latest) + 1 : undefined)
  const noteOf = notesOf(registry)
  const here = versions.filter((other) => other.commit === commit)
  const found =
    here.find(({ active }) => active) ?? here[0] ?? newest.find(({ tag }) => noteOf(tag)?.inputDigest === inputDigest)
  return found ? known(found) : null
}

/**
 * What a commit is registered as already where the user names its version; null where it has none.
 * @throws UserError INPUT_INVALID for another name: gto reads no model of which a commit has two, not even where one was deregistered.
 */
export function namedBefore(registry: Registry, model: string, commit: string, version: string): ClaimedVersion | null {
  const here = versionAt(registry, model, commit)
  const [first] = (registry.models.get(model)?.versions ?? []).filter((other) => other.commit === commit)
  if (!first || here?.version === version) return here
  throw new UserError(
    'INPUT_INVALID',
    `This commit ${first.active ? 'is' : 'was'} ${first.tag}${first.active ? '' : ', which was deregistered'}, and a commit has one version; register ${version} from another commit.`,
  )
}

/** Registers the next version of a model at a commit; a name that another run takes meanwhile is computed again. */
export async function claimVersion(ports: Pick<Ports, 'tags'>, request: VersionRequest): Promise<ClaimedVersion> {
  const { model, commit, note, bump } = request
  for (let attempt = 0; attempt < 20; attempt++) {
    const registry = await readRegistry(ports)
    const here = versionAt(registry, model, commit)
    if (here) return here
    const version = request.version ?? nextVersion(registry.models.get(model), bump)
    const name = tagName({ event: 'registration', model, version }, null)
    const message = registrationMessage(model, version, note)
    if (await ports.tags.create({ name, commit, message }))
      return { version, tag: name, commit, active: true, created: true }
    if (request.version !== undefined)
      throw new UserError(
        'INPUT_INVALID',
        `${name} is taken by another commit; leave the input \`version\` out, or name a free one.`,
      )
  }
  throw new UserError('API_FAILED', `Other runs kept taking the next version of ${model}; run this again.`)
}
