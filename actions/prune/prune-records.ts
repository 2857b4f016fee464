import { type Ports, type TreeEntry, UserError } from '@mlwright/domain'
import { recordsBranch } from '@mlwright/tracking'
import { notesOf, type Registry, readRegistry } from '../common/registry.ts'
import { keptFiles, type Selection } from './kept-files.ts'

export interface PruneInputs {
  readonly keep: number
  readonly dryRun: boolean
}

interface Size {
  readonly runs: number
  readonly files: number
  readonly bytes: number
}

export interface Pruned {
  readonly dry_run: boolean
  readonly kept: Size
  readonly dropped: Size
  /** The only commit of the fresh history; null where none was made. */
  readonly commit: string | null
}

/** Holds what stays while the branch is exchanged, so that a prune that is killed loses nothing. */
const spare = `${recordsBranch}-pruned`

const sizeOf = (entries: readonly TreeEntry[]): Size => ({
  runs: new Set(entries.flatMap(({ path }) => /^runs\/.+(?=\/[^/]+$)/.exec(path) ?? [])).size,
  files: entries.length,
  bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
})

/** Runs of registered versions, as `model/id`. */
function registeredRuns(registry: Registry): string[] {
  const noteOf = notesOf(registry)
  return [...registry.models.values()].flatMap(({ name, versions }) =>
    versions.flatMap(({ tag }) => {
      const note = noteOf(tag)
      return note ? [`${name}/${note.run}`] : []
    }),
  )
}

/** The head of the branch; throws where there is none, or where the repository that it came from knows more. */
async function headOf({ refs }: Pick<Ports, 'refs'>): Promise<string> {
  const head = await refs.resolve(recordsBranch)
  if (!head)
    throw new UserError(
      'FILE_MISSING',
      `There is no branch ${recordsBranch} here; fetch it with \`git fetch origin ${recordsBranch}\`.`,
    )
  const remote = await refs.resolve(`refs/remotes/origin/${recordsBranch}`)
  if (remote === null || remote === head) return head
  throw new UserError(
    'GIT_FAILED',
    `The branch ${recordsBranch} here is not that of origin; take it over with \`git fetch origin +${recordsBranch}:${recordsBranch}\`.`,
  )
}

async function contentOf({ refs }: Pick<Ports, 'refs'>, head: string, kept: readonly TreeEntry[]) {
  const files = new Map<string, Uint8Array>()
  for (const { path } of kept) files.set(path, (await refs.read(head, path))!)
  return files
}

/** Puts one commit with these files in place of the branch that stands at `head`. */
async function exchange({ refs }: Pick<Ports, 'refs'>, head: string, files: ReadonlyMap<string, Uint8Array>) {
  const message = `Keep ${files.size} files`
  const left = await refs.resolve(spare)
  if (left) await refs.remove(spare, left)
  const held = await refs.commit(spare, message, files)
  if (!(await refs.remove(recordsBranch, head)))
    throw new UserError('GIT_FAILED', `The branch ${recordsBranch} moved meanwhile; run this again.`)
  const commit = await refs.commitAt(recordsBranch, null, message, files)
  if (!commit)
    throw new UserError(
      'GIT_FAILED',
      `Another run made the branch ${recordsBranch}; ${spare} holds what was to be kept.`,
    )
  await refs.remove(spare, held)
  return commit
}

/** Gives the records branch a fresh history of one commit, without old runs that no version is of. */
export async function pruneRecords({ dryRun, keep }: PruneInputs, ports: Ports): Promise<Pruned> {
  const { progress, refs } = ports
  const head = await headOf(ports)
  const registry = await readRegistry(ports)
  const entries = await refs.tree(head)
  const { dropped, kept }: Selection = await progress.during('Reading the records', () =>
    keptFiles(entries, (path) => refs.read(head, path), registeredRuns(registry), keep),
  )
  const commit = dryRun
    ? null
    : await progress.during('Writing a fresh history', async () =>
        exchange(ports, head, await contentOf(ports, head, kept)),
      )
  return { dry_run: dryRun, kept: sizeOf(kept), dropped: sizeOf(dropped), commit }
}
