import type { ByteFolder, FetchBytes } from '@mlwright/registry'

/** What an import needs of the program that it runs in: folders outside the working directory, and the network. */
export interface ImportHost {
  /** A folder by its absolute path. */
  folder(path: string): ByteFolder
  /** A server by its address, with the credentials of whoever runs the program. */
  server(address: string): FetchBytes
}
