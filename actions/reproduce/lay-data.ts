import type { Files } from '@mlwright/domain'

/**
 * Lays data that does not lie in git where the commit's configuration looks for it, from the caller's working copy; its
 * digest then says whether it is the recorded one.
 */
export async function layData(here: Files, copy: Files, source: string): Promise<void> {
  if ((await copy.glob(source)).length > 0) return
  for (const path of await here.glob(source)) {
    const bytes = await here.read(path)
    if (bytes) await copy.write(path, bytes)
  }
}
