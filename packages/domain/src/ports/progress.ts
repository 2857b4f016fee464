/** Says what goes on when it takes longer than a second. */
export interface Progress {
  /** Shows the sentence while `work` runs; `update` changes it (`12 of 100 rounds`). */
  during<T>(sentence: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T>
}
