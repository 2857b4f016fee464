import type { ReleaseFacts } from './release-facts.ts'

/** Where a release's facts stand on GitHub; null where the repository, or the run that trained, is unknown there. */
export interface Addresses {
  readonly repository: string | null
  readonly commit: string | null
  readonly release: string | null
  /** The attempt of the workflow run that trained. */
  readonly trainingRun: string | null
  readonly pullRequest: string | null
}

/** The addresses that follow from the facts. A repository that is no plain web address has none. */
export function addressesOf({
  repository,
  commit,
  tag,
  run,
}: Pick<ReleaseFacts, 'repository' | 'commit' | 'tag' | 'run'>): Addresses {
  const base = repository !== null && /^https:\/\/[\w.:-]+(\/[\w.-]+)+$/.test(repository) ? repository : null
  const below = (path: string | null) => (base === null || path === null ? null : `${base}/${path}`)
  const { stamp } = run
  const training = stamp?.workflow_run ? `actions/runs/${stamp.workflow_run}/attempts/${stamp.attempt ?? 1}` : null
  return {
    repository: base,
    commit: below(/^[0-9a-f]{40,64}$/.test(commit) ? `commit/${commit}` : null),
    release: below(`releases/tag/${encodeURIComponent(tag)}`),
    trainingRun: below(training),
    pullRequest: below(stamp?.pull_request ? `pull/${stamp.pull_request}` : null),
  }
}

/** A Markdown link; the text alone where there is no address. */
export const linked = (text: string, url: string | null): string => (url === null ? text : `[${text}](${url})`)
