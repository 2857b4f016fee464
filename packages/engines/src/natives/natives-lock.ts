/** One npm package that natives consist of, and the files of it that are kept. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** Of the tarball: `sha512-` and base64. */
  readonly integrity: string
  /** SHA-256 in hex by path inside the package. */
  readonly files: Readonly<Record<string, string>>
}

/** Which packages natives are made of on every platform; committed with a release. */
export interface NativesLock {
  readonly kind: 'Natives'
  readonly version: 1
  /** Where the tarballs are, when the machine's npm configuration does not say. */
  readonly registry?: string
  readonly platforms: Readonly<Record<string, Readonly<Record<NativeGroup, readonly LockedPackage[]>>>>
}

/** Packages that are only of use together. */
export type NativeGroup = 'duckdb' | 'onnxruntime'

/** `linux-x64`, `linux-x64-musl`, `darwin-arm64`, … of this process. */
export function nativePlatform(): string {
  const report = process.platform === 'linux' ? (process.report?.getReport() as { header?: object }) : undefined
  const musl = report !== undefined && !('glibcVersionRuntime' in (report.header ?? {}))
  return `${process.platform}-${process.arch}${musl ? '-musl' : ''}`
}

export function groupOf(name: string): NativeGroup {
  return name.startsWith('@duckdb/') ? 'duckdb' : 'onnxruntime'
}
