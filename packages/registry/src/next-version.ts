import type { RegistryModel } from './fold-events.ts'

export type Bump = 'major' | 'minor' | 'patch'

function bumped(version: string, bump: Bump): string {
  const [major, minor, patch] = /^v(\d+)\.(\d+)\.(\d+)/.exec(version)!.slice(1).map(Number) as [number, number, number]
  if (bump === 'major') return `v${major + 1}.0.0`
  return bump === 'minor' ? `v${major}.${minor + 1}.0` : `v${major}.${minor}.${patch + 1}`
}

/**
 * The version after a model's highest active one, and never one that was registered before: v1.0.1 is followed by
 * v1.0.2 also after its deregistration. As in gto the first is v0.0.1; there a bump gives v0.1.0 or v1.0.0.
 */
export function nextVersion(model: Pick<RegistryModel, 'latest' | 'versions'> | undefined, bump: Bump): string {
  const taken = new Set(model?.versions.map(({ version }) => version))
  let version = bumped(model?.latest?.version ?? 'v0.0.0', bump)
  while (taken.has(version)) version = bumped(version, bump)
  return version
}
