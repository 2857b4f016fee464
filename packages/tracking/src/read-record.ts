import { UserError } from '@mlwright/domain'
import type { z } from 'zod'

/** Parses a record's JSON, refusing another kind, a newer version, and anything that its schema does not know, with one sentence. */
export function readRecord<T>(schema: z.ZodType<T>, bytes: Uint8Array, path: string): T {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new UserError('RECORD_INVALID', `${path} is not JSON; delete it and run the step that writes it again.`, {
      cause,
    })
  }
  const version = (value as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > 1)
    throw new UserError(
      'RECORD_INVALID',
      `${path} was written by a newer mlwright (format version ${version}); update mlwright.`,
    )
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new UserError(
    'RECORD_INVALID',
    `${path}: ${issue?.path.join('.') || 'the record'} is not as expected (${issue?.message}); run the step that writes it again.`,
  )
}
