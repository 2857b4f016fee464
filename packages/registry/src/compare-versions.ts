/** What of a version decides its order. */
export interface Precedence {
  readonly core: readonly number[]
  readonly prerelease: readonly string[]
}

const pattern = /^v?([0-9]+)\.([0-9]+)\.([0-9]+)(?:-([^+]+))?/

/** Reads `v1.2.3-rc.1+build`; the build says nothing about order. */
export function precedence(version: string): Precedence {
  const [, major, minor, patch, prerelease] = pattern.exec(version) ?? []
  return { core: [Number(major), Number(minor), Number(patch)], prerelease: prerelease ? prerelease.split('.') : [] }
}

const numeric = (text: string) => /^[0-9]+$/.test(text)

function compareIdentifiers(a: string, b: string): number {
  if (numeric(a) && numeric(b)) return Number(a) - Number(b)
  if (numeric(a) !== numeric(b)) return numeric(a) ? -1 : 1
  return a < b ? -1 : Number(a > b)
}

/** Orders by SemVer 2.0, item 11: below zero where `left` is lower. */
export function comparePrecedence(left: Precedence, right: Precedence): number {
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

/** Order of two versions by SemVer 2.0: below zero where `a` is lower, 0 where only the builds differ. */
export const compareVersions = (a: string, b: string): number => comparePrecedence(precedence(a), precedence(b))
