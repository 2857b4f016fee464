import { sha256 } from './digest-uuid.ts'

/** Text of SHA256SUMS, sorted by name: `sha256sum -c` accepts it beside the files. */
export function sha256Sums(assets: ReadonlyMap<string, Uint8Array>): string {
  const names = [...assets.keys()].sort()
  return names.map((name) => `${sha256(assets.get(name)!)}  ${name}\n`).join('')
}
