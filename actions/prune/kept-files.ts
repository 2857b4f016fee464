import type { TreeEntry } from '@mlwright/domain'
import { RunPointer, readRecord } from '@mlwright/tracking'

/** What of the records branch stays. */
export interface Selection {
  readonly kept: readonly TreeEntry[]
  readonly dropped: readonly TreeEntry[]
}

const runPath = /^runs\/(.+)\/([^/]+)\/[^/]+$/
const pointerModel = /^(?:commits\/[^/]+\/(.+)\.json|branches\/[^/]+\/(.+)\/[^/]+\.json)$/

/** The newest runs of each model, whose ids begin with their time. */
function newest(entries: readonly TreeEntry[], count: number): Set<string> {
  const runs = new Map<string, Set<string>>()
  for (const { path } of entries) {
    const [, model, id] = runPath.exec(path) ?? []
    if (model && id) runs.set(model, (runs.get(model) ?? new Set()).add(id))
  }
  const kept = [...runs].flatMap(([model, ids]) =>
    [...ids]
      .sort()
      .slice(Math.max(0, ids.size - count))
      .map((id) => `${model}/${id}`),
  )
  return new Set(kept)
}

/**
 * Chooses the files that stay: runs of registered versions (`model/id`), the newest `count` of each model, the pointers
 * to them, and whatever is no run.
 */
export async function keptFiles(
  entries: readonly TreeEntry[],
  read: (path: string) => Promise<Uint8Array | null>,
  registered: Iterable<string>,
  count: number,
): Promise<Selection> {
  const runs = new Set([...newest(entries, count), ...registered])
  const stays = async ({ path }: TreeEntry) => {
    const [, model, id] = runPath.exec(path) ?? []
    if (model && id) return runs.has(`${model}/${id}`)
    const named = pointerModel.exec(path)
    const bytes = named && (await read(path))
    return !bytes || runs.has(`${named[1] ?? named[2]}/${readRecord(RunPointer, bytes, path).run}`)
  }
  const kept: TreeEntry[] = []
  const dropped: TreeEntry[] = []
  for (const entry of entries) ((await stays(entry)) ? kept : dropped).push(entry)
  return { kept, dropped }
}
