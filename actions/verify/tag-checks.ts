import { parseYaml, type Tag } from '@mlwright/domain'
import type { RegisteredVersion, RegistrationNote, RegistryModel } from '@mlwright/registry'
import { broken, type Check, holds, unknown } from './check.ts'

/** A tag that records nothing. */
export function lightweightCheck({ name, commit }: Tag): Check {
  return broken(
    'tag',
    `${name} is a lightweight tag at ${commit.slice(0, 8)}, which registers nothing; delete it and register the version again.`,
  )
}

/** What the tag and later ones say of the version. */
export function tagChecks(
  { active, commit, tag, version }: RegisteredVersion,
  { deprecated, name }: RegistryModel,
  note: RegistrationNote | null,
  tagger: string | null,
): Check[] {
  const by = tagger === null ? '' : ` by ${tagger}`
  return [
    holds('tag', `${tag} is annotated and names the commit ${commit}${by}.`),
    ...(active ? [] : [broken('state', `${name} ${version} was deregistered later; use another version.`)]),
    ...(deprecated ? [unknown('state', `The model ${name} is deprecated.`)] : []),
    note
      ? holds('origin', `The tag says: run ${note.run}, inputs ${note.inputDigest.slice(0, 12)}.`)
      : unknown(
          'origin',
          `${tag} says neither which run the version is nor which bytes it has: it was imported, or another tool wrote it.`,
        ),
  ]
}

/** Whether the tag is still at the commit that was released. */
export function commitCheck(files: ReadonlyMap<string, Uint8Array>, tag: string, commit: string): Check {
  const text = new TextDecoder().decode(files.get('MLmodel'))
  const { metadata } = (parseYaml(text, 'MLmodel').value ?? {}) as { metadata?: { commit?: unknown } }
  if (typeof metadata?.commit !== 'string')
    return unknown('commit', `MLmodel does not say of which commit ${tag} was made.`)
  return metadata.commit === commit
    ? holds('commit', 'MLmodel names the commit of the tag.')
    : broken(
        'commit',
        `${tag} was released of the commit ${metadata.commit.slice(0, 8)} and names ${commit.slice(0, 8)} now; somebody moved the tag.`,
      )
}
