import type { Ports } from '@mlwright/domain'
import { retrainNames } from './settings.ts'

type Files = ReadonlyMap<string, Uint8Array>

export interface WrittenBranch {
  readonly head: string
  /** Others have committed to it, so that it was left as it is. */
  readonly kept: boolean
  readonly written: boolean
}

/** Whether a commit has exactly these files. */
async function holds({ refs }: Pick<Ports, 'refs'>, commit: string, files: Files): Promise<boolean> {
  for (const [path, content] of files) {
    const found = await refs.read(commit, path)
    if (!found || Buffer.compare(found, content) !== 0) return false
  }
  return true
}

/** Whether a commit is another one with these files put on it, and nothing else. */
async function isPutOn({ refs }: Pick<Ports, 'refs'>, commit: string, onto: string, files: Files): Promise<boolean> {
  const others = async (ref: string) =>
    (await refs.tree(ref)).flatMap(({ path, oid }) => (files.has(path) ? [] : [`${path} ${oid}`])).join('\n')
  const [there, before] = await Promise.all([others(commit), others(onto)])
  return there === before && (await holds({ refs }, commit, files))
}

/** Puts a candidate's files on the branch as one commit after `onto`. Where others have committed to the branch, nothing is written. */
export async function writeBranch(
  ports: Pick<Ports, 'refs'>,
  model: string,
  onto: string,
  title: string,
  files: Files,
  /** Commits that earlier runs left at the branch's head. */
  own: ReadonlySet<string>,
): Promise<WrittenBranch> {
  const { refs } = ports
  const branch = retrainNames.branch(model)
  const head = await refs.resolve(branch)
  // A run that was cut short leaves its commit unrecorded.
  if (head !== null && !own.has(head)) return { head, kept: !(await isPutOn(ports, head, onto, files)), written: false }
  if (head !== null && (await holds(ports, head, files))) return { head, kept: false, written: false }
  return { head: await refs.commit(branch, title, files, { onto }), kept: false, written: true }
}
