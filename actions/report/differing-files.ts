import type { Refs, ValidationReport } from '@mlwright/domain'

/** Files that findings point into and that are not the same at the head as in the tested commit, so that a line of one is not that of the other. */
export async function differingFiles(
  refs: Refs,
  { tested, head, prefix }: { readonly tested: string | null; readonly head: string | null; readonly prefix: string },
  validations: readonly ValidationReport[],
): Promise<string[]> {
  const located = validations.flatMap(({ findings }) => findings.flatMap(({ location }) => location ?? []))
  if (tested === null || head === null || tested === head || located.length === 0) return []
  const blobs = async (commit: string) => new Map((await refs.tree(commit)).map(({ path, oid }) => [path, oid]))
  const [there, here] = await Promise.all([blobs(tested), blobs(head)])
  const files = new Set(located.map(({ file }) => `${prefix}${file}`))
  return [...files].filter((file) => there.get(file) !== here.get(file))
}
