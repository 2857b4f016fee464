import type { Finding, Location } from '@mlwright/domain'

/** A finding of `doctor`: something of the registry, not of data. */
export function problemFinding(
  rule: string,
  level: Finding['level'],
  message: string,
  location: Location | null = null,
): Finding {
  return { rule, level, column: null, message, location, count: null, share: null, examples: [] }
}
