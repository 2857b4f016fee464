import type { Event, Git } from '@mlwright/domain'
import type { Records, StoredRun } from '@mlwright/tracking'

/** The commit that this one is compared with, or null where only the newest record can tell. */
export async function baselineCommit(event: Event, git: Git): Promise<string | null> {
  if (event.name === 'pull_request' && event.commit) return (await git.parents(event.commit))?.[0] ?? event.baseCommit
  if (event.baseCommit) return event.baseCommit
  if (event.name !== 'local') return null
  const head = await git.head()
  if (!head.commit) return null
  const base = await git.mergeBase(event.defaultBranch, 'HEAD')
  if (base && base !== head.commit) return base
  return head.dirty ? head.commit : ((await git.parents(head.commit))?.[0] ?? null)
}

/** The published run of a commit; without a commit, the default branch's newest. */
export async function publishedBaseline(
  records: Records,
  event: Event,
  commit: string | null,
  model: string,
): Promise<StoredRun | null> {
  if (commit) return records.ofCommit(commit, model)
  const newest = (await records.history(event.defaultBranch, model, 1))[0]
  return newest ? records.run(model, newest.run) : null
}
