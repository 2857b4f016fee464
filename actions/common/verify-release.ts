import type { Ports, Release } from '@mlwright/domain'
import { readSums } from '@mlwright/registry'
import { notesOf, type Registry } from './registry.ts'
import { sha256 } from './sha256.ts'

export interface VerifiedRelease {
  readonly release: Release | null
  /** What is wrong with it, one sentence each. */
  readonly problems: readonly string[]
  /** Content of the files that were checked, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The published release of a tag and where its files are: here, or else on GitHub. */
export async function findRelease({ releases, published }: Pick<Ports, 'releases' | 'published'>, tag: string) {
  for (const source of [releases, ...(published ? [published] : [])]) {
    const release = (await source.list()).find((other) => other.tag === tag && !other.draft)
    if (release) return { release, source }
  }
  return null
}

/** Downloads a version's release and holds every file to SHA256SUMS, and the model to what the tag says. */
export async function verifyRelease(
  ports: Pick<Ports, 'releases' | 'published'>,
  registry: Registry,
  tag: string,
): Promise<VerifiedRelease> {
  const note = notesOf(registry)(tag)
  const found = await findRelease(ports, tag)
  const files = new Map<string, Uint8Array>()
  if (!found)
    return {
      release: null,
      files,
      problems: note ? [`${tag} has no release; run the workflow \`release\` again for it.`] : [],
    }
  const { release, source } = found
  for (const asset of release.assets) if (asset.complete) files.set(asset.name, await source.download(asset.id))
  const sums = files.get('SHA256SUMS')
  if (!sums)
    return { release, files, problems: [`The release of ${tag} has no SHA256SUMS, so its files cannot be checked.`] }
  const problems: string[] = []
  for (const [name, digest] of readSums(new TextDecoder().decode(sums))) {
    const bytes = files.get(name)
    if (!bytes) problems.push(`The release of ${tag} lacks ${name}, which its SHA256SUMS lists.`)
    else if (sha256(bytes) !== digest)
      problems.push(`${name} of ${tag} has another digest than SHA256SUMS says; do not use it.`)
  }
  const model = files.get('model.onnx')
  if (note && (!model || sha256(model) !== note.modelDigest))
    problems.push(`model.onnx of ${tag} is not the file that was registered; do not use it.`)
  return { release, files, problems }
}
