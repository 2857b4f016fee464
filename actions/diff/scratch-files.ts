import type { Files } from '@mlwright/domain'

/** Files below one folder, for work that leaves nothing elsewhere. */
export function scratchFiles(files: Files, folder: string): Files {
  const at = (path: string) => `${folder}/${path}`
  return {
    read: (path) => files.read(at(path)),
    write: (path, content) => files.write(at(path), content),
    glob: async (pattern) => (await files.glob(at(pattern))).map((path) => path.slice(folder.length + 1)),
    absolute: (path) => files.absolute(at(path)),
    remove: (path) => files.remove(at(path)),
  }
}
