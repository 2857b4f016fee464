import type { Ports, Run } from '@mlwright/domain'
import { type Bump, brokenSignature, chooseBump, takesColumns } from '@mlwright/registry'
import type { Records } from '@mlwright/tracking'
import { runOfVersion } from '../common/champion.ts'
import type { Registry } from '../common/registry.ts'
import { findRelease } from '../common/verify-release.ts'
import type { Candidate } from './candidate.ts'
import type { TrustedRun } from './trusted-run.ts'

export interface Level {
  readonly level: Bump
  readonly reasons: readonly string[]
}

export const bumps = ['auto', 'major', 'minor', 'patch'] as const

/** The label of a pull request that decides the level of its version. */
const labelled = /^mlwright:(major|minor|patch)$/

/** Why programs that call the model file before cannot call this one, where a command wrote either: a built-in trainer's follows from the features. */
async function broken(
  { releases }: Pick<Ports, 'releases'>,
  tag: string,
  previous: Run,
  run: Run,
  signature: Candidate['signature'],
): Promise<string | null> {
  if (!signature || [previous, run].every(({ train }) => 'algorithm' in train)) return null
  const moved = previous.features.some(({ name }, at) => run.features[at]?.name !== name)
  if (moved && !takesColumns(signature, run.features)) return 'the model takes its features in another order'
  const found = await findRelease({ releases }, tag)
  const file = found?.release.assets.find(({ complete, name }) => complete && name === 'MLmodel')
  return file ? brokenSignature(new TextDecoder().decode(await releases.download(file.id)), signature) : null
}

/** How much the version of a commit changes: what the input or a label of the merged pull request says, else what changed since the version before. */
export async function chooseLevel(
  { pulls, releases }: Pick<Ports, 'pulls' | 'releases'>,
  registry: Registry,
  records: Records,
  { run }: TrustedRun,
  { signature }: Pick<Candidate, 'signature'>,
  commit: string,
  wanted: (typeof bumps)[number],
): Promise<Level> {
  if (wanted !== 'auto') return { level: wanted, reasons: ['the input `bump` says so'] }
  for (const { labels, number } of await pulls.containing(commit)) {
    const label = labels.map((text) => labelled.exec(text)?.[1]).find(Boolean)
    if (label) return { level: label as Bump, reasons: [`pull request #${number} is labelled mlwright:${label}`] }
  }
  const { versions = [] } = registry.models.get(run.model) ?? {}
  const older = versions.slice(versions.findIndex((other) => other.commit === commit) + 1)
  const latest = older.find(({ active }) => active)
  const previous = latest && (await runOfVersion(registry, records, run.model, latest.tag))
  if (latest && !previous)
    return { level: 'minor', reasons: [`there is no record of ${latest.version} to compare with`] }
  const { bump, reason } = chooseBump(previous?.run ?? null, run)
  if (bump === 'major' || !latest || !previous) return { level: bump, reasons: [reason] }
  const why = await broken({ releases }, latest.tag, previous.run, run, signature)
  return why ? { level: 'major', reasons: [why] } : { level: bump, reasons: [reason] }
}
