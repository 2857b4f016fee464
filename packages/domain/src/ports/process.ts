export interface Command {
  /** A shell line of the user's own configuration, run by `bash -e` (`sh` where there is no bash). */
  readonly line: string
  readonly cwd: string
  /** The whole environment beside the allow-list: nothing else is inherited. */
  readonly environment: Readonly<Record<string, string>>
  readonly seconds: number
  onOutput(chunk: string): void
}

/** Programs of the user. */
export interface Process {
  /** Waits for the end; kills the whole process group when the time is over. */
  run(command: Command): Promise<{ code: number | null; timedOut: boolean }>
}
