/** One file of a layer. */
export interface LayerFile {
  /** Path in the image, without a leading `/`. */
  readonly path: string
  readonly content: Uint8Array
  /** Permission bits (default: 0o644). */
  readonly mode?: number
}
