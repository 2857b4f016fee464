/** Files below the working directory. Paths are relative to it, with `/`, and cannot leave it. */
export interface Files {
  /** The bytes, or null where there is no such file. */
  read(path: string): Promise<Uint8Array | null>
  /** Writes through a temporary file that is renamed into place, making folders as needed. */
  write(path: string, content: Uint8Array | string): Promise<void>
  /** Paths of the files that match a glob, sorted by UTF-8 bytes. */
  glob(pattern: string): Promise<string[]>
  /** The absolute path, for programs and engines that open files themselves. */
  absolute(path: string): string
  remove(path: string): Promise<void>
}
