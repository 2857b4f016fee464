import picomatch from 'picomatch'

/** The paths that match any of the globs, in their order; a pattern that starts with `!` takes away. */
export function matchPaths(paths: readonly string[], patterns: readonly string[]): string[] {
  const clean = patterns.map((pattern) => pattern.replace(/^(!?)\.\//, '$1'))
  const wanted = picomatch(
    clean.filter((pattern) => !pattern.startsWith('!')),
    { dot: true },
  )
  const refused = picomatch(
    clean.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
    { dot: true },
  )
  return paths.filter((path) => wanted(path) && !refused(path))
}
