import type { Location } from '../nouns/finding.ts'

export interface Annotation {
  readonly level: 'failure' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly location: Location | null
}

/** What a job says while and after it runs. */
export interface Runner {
  /** False where nobody reads the job summary, so that none need be written. */
  readonly readsSummaries?: boolean
  output(name: string, value: string): void
  /** Markdown for the job summary. */
  summary(markdown: string): Promise<void>
  annotate(annotations: readonly Annotation[]): void
  /** A line for people. */
  log(line: string): void
  /** Streams text that is not ours, so that nothing in it is taken for a command. */
  untrusted(chunk: string): void
  fail(message: string): void
}
