import { type Ports, Profile, UserError } from '@mlwright/domain'
import { Records, readRecord } from '@mlwright/tracking'
import { runOfVersion } from '../common/champion.ts'
import { readRegistry } from '../common/registry.ts'
import { releasedFile } from '../common/released-file.ts'
import { answerProfile } from './answer-profile.ts'
import type { Reference } from './reference.ts'
import { storedAnswers } from './stored-answers.ts'

const instead = 'or name data or a profile with the input `reference`.'

/**
 * What the version in a stage was trained from: the profile of its release, and its stored answers on the test rows.
 * Throws `UserError` ARTIFACT_MISSING where the stage is empty, or without a release or a profile in it.
 */
export async function releasedReference(
  ports: Ports,
  model: string,
  stage: string,
  positive: string | undefined,
): Promise<Reference> {
  const registry = await readRegistry(ports)
  const known = registry.models.get(model)
  const held = known?.stages.get(stage)?.[0]
  const registered = held && known.versions.find(({ version }) => version === held.version)
  if (!registered)
    throw new UserError(
      'ARTIFACT_MISSING',
      `There is no version of ${model} in the stage ${stage} to compare with; promote one there, ${instead}`,
    )
  const { tag } = registered
  const bytes = await releasedFile(ports, tag, 'profile.json')
  if (!bytes)
    throw new UserError(
      'ARTIFACT_MISSING',
      `The release of ${tag}, which is in the stage ${stage}, has no profile.json: it is older than profiles. Register and promote a new version, ${instead}`,
    )
  const profile = readRecord(Profile, bytes, `profile.json of ${tag}`)
  const stored = await runOfVersion(registry, new Records(ports.refs), model, tag)
  return {
    profile: { ...profile, dataset: { ...profile.dataset, name: tag } },
    opened: null,
    answered: stored && (await storedAnswers(ports, stored, positive)),
    answers: stored && (await answerProfile(ports, stored)),
  }
}
