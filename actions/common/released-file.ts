import { type Ports, UserError } from '@mlwright/domain'
import { readSums } from '@mlwright/registry'
import { sha256 } from './sha256.ts'
import { findRelease } from './verify-release.ts'

/**
 * One file of a version's release, held to its SHA256SUMS; null where the release does not have it. Throws `UserError`
 * ARTIFACT_MISSING where there is no release, MODEL_INVALID where it is not what was released.
 */
export async function releasedFile(
  ports: Pick<Ports, 'releases' | 'published'>,
  tag: string,
  name: string,
): Promise<Uint8Array | null> {
  const found = await findRelease(ports, tag)
  if (!found)
    throw new UserError('ARTIFACT_MISSING', `${tag} has no release; run the workflow \`release\` again for it.`)
  const { release, source } = found
  const asset = (wanted: string) => release.assets.find((other) => other.name === wanted && other.complete)
  const [file, sums] = [asset(name), asset('SHA256SUMS')]
  if (!file) return null
  if (!sums)
    throw new UserError(
      'MODEL_INVALID',
      `The release of ${tag} has no SHA256SUMS, so its files cannot be checked; register the version again.`,
    )
  const bytes = await source.download(file.id)
  const expected = readSums(new TextDecoder().decode(await source.download(sums.id))).get(name)
  if (sha256(bytes) === expected) return bytes
  throw new UserError('MODEL_INVALID', `${name} of ${tag} has another digest than SHA256SUMS says; do not use it.`)
}
