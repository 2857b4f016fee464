import { type Run, UserError } from '@mlwright/domain'

/** When a run started and finished. Throws `UserError` RECORD_INVALID where its record says no such time. */
export function runTimes({ id, started, seconds }: Run): { readonly started: Date; readonly finished: Date } {
  const start = Date.parse(started)
  const end = start + Math.round(seconds.total * 1000)
  if (Number.isNaN(new Date(end).getTime()))
    throw new UserError(
      'RECORD_INVALID',
      `The record of the run ${id} says no time at which it started; train it again.`,
    )
  return { started: new Date(start), finished: new Date(end) }
}
