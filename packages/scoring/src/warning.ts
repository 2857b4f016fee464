import type { Finding } from '@mlwright/domain'

/** A finding that deserves a look and fails nothing. */
export function warning(
  rule: string,
  column: string | null,
  message: string,
  count: number | null = null,
  share: number | null = null,
): Finding {
  return { rule, level: 'warn', column, message, location: null, count, share, examples: [] }
}
