import { type Ports, UserError } from '@mlwright/domain'
import type { Records, StoredRun } from '@mlwright/tracking'
import { committedConfig } from '../common/committed-config.ts'
import { committedDigest } from '../common/committed-digest.ts'
import { mergedRun } from '../common/merged-run.ts'
import { notesOf, type Registry } from '../common/registry.ts'

/** Further back nobody looks for a version any more. */
const furthest = 100

export interface MissedRun {
  readonly commit: string
  readonly stored: StoredRun
}

/** First parents of a commit back to where the model was last registered, else to where the push began; oldest first. */
async function commitsBefore(
  { event, git }: Pick<Ports, 'event' | 'git'>,
  registry: Registry,
  model: string,
  commit: string,
) {
  const registered = new Set(registry.models.get(model)?.versions.map((version) => version.commit))
  const commits: string[] = []
  let parent = (await git.parents(commit))?.[0]
  while (parent && commits.length < furthest && !registered.has(parent)) {
    if (registered.size === 0 && parent === event.baseCommit) break
    commits.unshift(parent)
    parent = (await git.parents(parent))?.[0]
  }
  return commits
}

/** The model's input digest at a commit; null where it had no such model, or cannot be read. */
async function digestAt({ refs }: Pick<Ports, 'refs'>, commit: string, prefix: string, path: string, model: string) {
  try {
    const found = await committedDigest(
      refs,
      commit,
      prefix,
      await committedConfig({ refs }, commit, prefix + path),
      model,
    )
    return found && 'digest' in found ? found.digest : null
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/**
 * Runs of merges between the last version and this commit, which the same push brought or an earlier release missed.
 * What no merged pull request showed is passed over: it was never asked to be a version of its own.
 */
export async function missedRuns(
  ports: Ports,
  records: Records,
  registry: Registry,
  place: { readonly commit: string; readonly prefix: string; readonly config: string },
  model: string,
  inputDigest: string,
): Promise<MissedRun[]> {
  const latest = registry.models.get(model)?.latest
  const done = new Set([latest && notesOf(registry)(latest.tag)?.inputDigest, inputDigest])
  const missed: MissedRun[] = []
  for (const commit of await commitsBefore(ports, registry, model, place.commit)) {
    const digest = await digestAt(ports, commit, place.prefix, place.config, model)
    if (digest === null || done.has(digest)) continue
    done.add(digest)
    const stored = await mergedRun(ports, records, commit, model, digest)
    if (stored) missed.push({ commit, stored })
  }
  return missed
}
