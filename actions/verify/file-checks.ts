import type { Release } from '@mlwright/domain'
import { readSums } from '@mlwright/registry'
import { sha256 } from '../common/sha256.ts'
import { broken, type Check, holds } from './check.ts'

const sumsFile = 'SHA256SUMS'

/** The files of a release, and what is to be known of them. */
export interface ReleasedFiles {
  readonly release: Release
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Holds every file to SHA256SUMS. */
export function sumsChecks({ release, files }: ReleasedFiles): Check[] {
  const bytes = files.get(sumsFile)
  if (!bytes) return [broken(sumsFile, 'The release has none, so its files cannot be checked.')]
  const sums = readSums(new TextDecoder().decode(bytes))
  const listed = [...sums].map(([name, digest]): Check => {
    const file = files.get(name)
    if (file && sha256(file) === digest)
      return holds(name, `The digest is ${digest.slice(0, 12)}, as ${sumsFile} says.`)
    return broken(
      name,
      file
        ? `The digest is ${sha256(file).slice(0, 12)}, and ${sumsFile} says ${digest.slice(0, 12)}; do not use the file.`
        : `${sumsFile} lists it, and the release does not have it.`,
    )
  })
  const others = release.assets
    .filter(({ name }) => name !== sumsFile && !sums.has(name))
    .map(({ name }) => broken(name, `It is not in ${sumsFile}, so somebody added it later; do not use it.`))
  return [...listed, ...others]
}

/** Holds the model to what the tag says, which is older than any change of the release. */
export function modelCheck({ files }: ReleasedFiles, digest: string): Check {
  const model = files.get('model.onnx')
  if (!model) return broken('model', 'The release has no model.onnx.')
  return sha256(model) === digest
    ? holds('model', 'model.onnx is the file that the tag names.')
    : broken('model', `model.onnx is not the file that was registered (${digest.slice(0, 12)}); do not use it.`)
}
