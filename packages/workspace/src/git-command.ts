import { UserError } from '@mlwright/domain'
import { gitRefusal } from './git-refusal.ts'
import { type ProgramResult, runProgram, runProgramNow } from './run-program.ts'

/** Runs git in one folder. */
export class GitCommand {
  readonly folder: string
  readonly #environment: Record<string, string> | undefined

  constructor(folder: string, environment?: Record<string, string>) {
    this.folder = folder
    this.#environment = environment
  }

  async try(args: readonly string[], input?: Uint8Array | string): Promise<ProgramResult> {
    try {
      return await runProgram('git', args, { ...this.#options, ...(input !== undefined && { input }) })
    } catch (cause) {
      throw noGit(cause)
    }
  }

  /** Its standard output without the last line's end; throws `UserError` GIT_FAILED with git's own words for an exit code above `highest`. */
  async run(args: readonly string[], input?: Uint8Array | string, highest = 0): Promise<string> {
    return this.#answer(args, await this.try(args, input), highest).replace(/\n$/, '')
  }

  /** The same to the last line's end, while everything waits: half the work where much is read. */
  read(args: readonly string[]): string {
    try {
      return this.#answer(args, runProgramNow('git', args, this.#options))
    } catch (cause) {
      throw noGit(cause)
    }
  }

  /** Its standard output, or null where it fails. */
  async ask(args: readonly string[]): Promise<string | null> {
    const result = await this.try(args)
    return result.code === 0 ? result.stdout.toString().trim() : null
  }

  get #options(): { cwd: string; environment?: Record<string, string> } {
    return { cwd: this.folder, ...(this.#environment && { environment: this.#environment }) }
  }

  #answer(args: readonly string[], { code, stdout, stderr }: ProgramResult, highest = 0): string {
    if (code !== null && code <= highest) return stdout.toString()
    throw new UserError('GIT_FAILED', gitRefusal(args, this.folder, stderr.trim() || `exit code ${code}`))
  }
}

function noGit(cause: unknown): unknown {
  if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') return cause
  return new UserError('GIT_FAILED', 'git is not installed, or not on the PATH; install it and run again.', { cause })
}
