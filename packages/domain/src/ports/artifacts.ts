/** Files handed from one job of a workflow run to another. */
export interface Artifacts {
  /** Uploads files below a folder (paths relative to it); replaces an artifact of that name of the same run. */
  upload(name: string, folder: string, files: readonly string[]): Promise<void>
  /** Downloads into a folder; false where there is no such artifact. `run` is another workflow run's id. */
  download(name: string, folder: string, run?: number): Promise<boolean>
}
