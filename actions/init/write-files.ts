import type { Files } from '@mlwright/domain'

export interface Written {
  readonly written: readonly string[]
  /** Files that were there already and stay as they are. */
  readonly kept: readonly string[]
}

const folderLine = /^\/?\.mlwright\/?$/

/** `.gitignore` with a line for `.mlwright/`, or null where it has one. */
async function ignoring(files: Files): Promise<string | null> {
  const bytes = await files.read('.gitignore')
  const text = bytes ? new TextDecoder().decode(bytes) : ''
  if (text.split(/\r?\n/).some((line) => folderLine.test(line.trim()))) return null
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}.mlwright/\n`
}

/** Writes new files, replaces old ones only under `force`, and has git ignore `.mlwright/`. */
export async function writeFiles(
  files: Files,
  contents: ReadonlyMap<string, string>,
  options: { readonly force: boolean },
): Promise<Written> {
  const written: string[] = []
  const kept: string[] = []
  for (const [path, content] of contents) {
    if (!options.force && (await files.read(path)) !== null) kept.push(path)
    else {
      await files.write(path, content)
      written.push(path)
    }
  }
  const ignore = await ignoring(files)
  if (ignore !== null) {
    await files.write('.gitignore', ignore)
    written.push('.gitignore')
  }
  return { written, kept }
}
