/** Files kept from one run to the next under a key; a cache may forget. */
export interface Cache {
  /** Restores the folder saved under exactly this key. */
  restore(key: string, folder: string): Promise<boolean>
  save(key: string, folder: string): Promise<void>
}
