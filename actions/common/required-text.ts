import { type Files, UserError } from '@mlwright/domain'

/** Reads a text file below the working directory. Throws `UserError` FILE_MISSING. */
export async function requiredText(files: Files, path: string, what: string): Promise<string> {
  const bytes = await files.read(path)
  if (bytes) return new TextDecoder().decode(bytes)
  throw new UserError('FILE_MISSING', `There is no file of ${what} at ${path}; correct the path.`)
}
