import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { GitCommand } from './git-command.ts'

/** What may make git store other bytes than a file has. */
const conversions = ['text', 'eol', 'crlf', 'ident', 'filter', 'working-tree-encoding']
/** Below this size it takes longer to ask than to let git read the file. */
const large = 4 * 2 ** 20

/** The large files among some that git would store byte for byte: no attribute and no setting converts them. */
export async function unconvertedFiles(git: GitCommand, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await Promise.all(paths.map((path) => stat(join(git.folder, path)).catch(() => null)))
  const files = paths.filter((_, i) => found[i]?.isFile() && found[i].size >= large)
  if (files.length === 0) return new Set()
  const endings = await git.ask(['config', '--get', 'core.autocrlf'])
  if (endings !== null && endings !== 'false') return new Set()
  const said = await git.try(['check-attr', '-z', '--stdin', ...conversions], files.join('\0'))
  // Outside a repository there are no attributes, and git refuses to look for them.
  const words = said.code === 0 ? said.stdout.toString().split('\0') : []
  const converted = new Set<string>()
  for (let i = 0; i + 2 < words.length; i += 3)
    if (words[i + 2] !== 'unspecified' && words[i + 2] !== 'unset') converted.add(words[i]!)
  return new Set(files.filter((path) => !converted.has(path)))
}
