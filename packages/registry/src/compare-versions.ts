interface Parts {
  readonly core: readonly number[]
  readonly prerelease: readonly string[]
}

/** Reads `v1.2.3-rc.1+build`; the build says nothing about order. */
function parts(version: string): Parts {
  const [plain = ''] = version.replace(/^v/, '').split('+')
  const dash = plain.indexOf('-')
  const core = (dash < 0 ? plain : plain.slice(0, dash)).split('.').map(Number)
  return { core, prerelease: dash < 0 ? [] : plain.slice(dash + 1).split('.') }
}

const numeric = (text: string) => /^[0-9]+$/.test(text)

function compareIdentifiers(a: string, b: string): number {
  if (numeric(a) && numeric(b)) return Number(a) - Number(b)
  if (numeric(a) !== numeric(b)) return numeric(a) ? -1 : 1
  return a < b ? -1 : Number(a > b)
}

/** Precedence by SemVer 2.0, item 11: below zero where `a` is lower, 0 where only the builds differ. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)]
  for (const at of [0, 1, 2]) {
    const difference = left.core[at]! - right.core[at]!
    if (difference !== 0) return difference
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return Number(left.prerelease.length === 0) - Number(right.prerelease.length === 0)
  for (const [at, identifier] of left.prerelease.entries()) {
    const other = right.prerelease[at]
    if (other === undefined) return 1
    const order = compareIdentifiers(identifier, other)
    if (order !== 0) return order
  }
  return left.prerelease.length - right.prerelease.length
}
