import type { Ports } from '@mlwright/domain'
import { type Bump, chooseBump } from '@mlwright/registry'
import type { Records } from '@mlwright/tracking'
import { runOfVersion } from '../common/champion.ts'
import type { Registry } from '../common/registry.ts'
import type { TrustedRun } from './trusted-run.ts'

export interface Level {
  readonly level: Bump
  readonly reasons: readonly string[]
}

export const bumps = ['auto', 'major', 'minor', 'patch'] as const

/** The label of a pull request that decides the level of its version. */
const labelled = /^mlwright:(major|minor|patch)$/

/** How much the version of a commit changes: what the input or a label of the merged pull request says, else what changed since the version before. */
export async function chooseLevel(
  { pulls }: Pick<Ports, 'pulls'>,
  registry: Registry,
  records: Records,
  { run }: TrustedRun,
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
  return { level: bump, reasons: [reason] }
}
