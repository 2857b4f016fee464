import type { Event, Stamp } from '@mlwright/domain'

/** Who and what started this workflow run; never that of a fork, whose records are not stored. */
export function stampOf({ run, actor }: Pick<Event, 'run' | 'actor'>, pullRequest: number | null): Stamp {
  return {
    workflow_run: run?.id ?? null,
    attempt: run?.attempt ?? null,
    pull_request: pullRequest,
    fork: false,
    actor,
  }
}
