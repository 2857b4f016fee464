import type { Finding } from '@mlwright/domain'
import type { RegistryModel } from '../fold-events.ts'
import type { StagesFile } from '../stages-file.ts'
import { problemFinding } from './problem-finding.ts'

/** Where the wanted stages of a model are not those that its tags give. */
export function stagesFindings(model: string, file: StagesFile, state: RegistryModel | undefined): Finding[] {
  const held = new Map([...(state?.stages ?? [])].map(([stage, [first]]) => [stage, first!.version]))
  const versions = new Map(state?.versions.map(({ version, active }) => [version, active] as const).toReversed())
  const finding = (stage: string, message: string) => [
    problemFinding('stages-file', 'warn', message, file.locate(stage)),
  ]
  const wanted = Object.entries(file.stages).flatMap(([stage, version]) => {
    const found = held.get(stage)
    if (found === version) return []
    if (!versions.has(version))
      return finding(
        stage,
        `${file.path} wants ${model} ${version} in ${stage}, and no such version is registered; name one that is.`,
      )
    if (!versions.get(version))
      return finding(
        stage,
        `${file.path} wants ${model} ${version} in ${stage}, and that version was deregistered; name another one.`,
      )
    return finding(
      stage,
      `${file.path} wants ${model} ${version} in ${stage}, and the tags say ${found ?? 'nothing'}; run \`promote\` for ${stage}, or correct the file.`,
    )
  })
  const more = [...held]
    .filter(([stage]) => !Object.hasOwn(file.stages, stage))
    .flatMap(([stage, version]) =>
      finding(
        stage,
        `The tags say that ${model} ${version} is in ${stage}, and ${file.path} names no such stage; add the line \`${stage}: ${version}\`.`,
      ),
    )
  return [...wanted, ...more]
}
