/** Native packages as files, for a program that runs elsewhere. */
export interface NativePackages {
  /** Folder of the npm package `onnxruntime-node` that has Linux's files for a processor, `x64` or `arm64`. */
  onnxruntime(architecture: string): Promise<string>
}
