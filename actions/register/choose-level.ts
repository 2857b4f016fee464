import { type Ports, type Run, UserError } from '@mlwright/domain'
import { type Bump, brokenSignature, chooseBump, takesColumns } from '@mlwright/registry'
import type { Records } from '@mlwright/tracking'
import { runOfVersion } from '../common/champion.ts'
import type { Registry } from '../common/registry.ts'
import { releasedFile } from '../common/released-file.ts'
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
  ports: Pick<Ports, 'releases' | 'published'>,
  tag: string,
  previous: Run,
  run: Run,
  signature: Candidate['signature'],
): Promise<string | null> {
  if (!signature || [previous, run].every(({ train }) => 'algorithm' in train)) return null
  const moved = previous.features.some(({ name }, at) => run.features[at]?.name !== name)
  if (moved && !takesColumns(signature, run.features)) return 'the model takes its features in another order'
  const file = await releasedFile(ports, tag, 'MLmodel').catch((error: unknown) => {
    // A release that is gone or damaged says nothing; a new version is the way out of that.
    if (error instanceof UserError && ['ARTIFACT_MISSING', 'MODEL_INVALID'].includes(error.code)) return null
    throw error
  })
  return file && brokenSignature(new TextDecoder().decode(file), signature)
}

/** How much the version of a commit changes: what the input or a label of the merged pull request says, else what changed since the version before. */
export async function chooseLevel(
  ports: Pick<Ports, 'pulls' | 'releases' | 'published'>,
  registry: Registry,
  records: Records,
  { run }: TrustedRun,
  { signature }: Pick<Candidate, 'signature'>,
  commit: string,
  wanted: (typeof bumps)[number],
): Promise<Level> {
  if (wanted !== 'auto') return { level: wanted, reasons: ['the input `bump` says so'] }
  for (const { labels, number } of await ports.pulls.containing(commit)) {
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
  const why = await broken(ports, latest.tag, previous.run, run, signature)
  return why ? { level: 'major', reasons: [why] } : { level: bump, reasons: [reason] }
}
