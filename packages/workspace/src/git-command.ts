import { UserError } from '@mlwright/domain'
import { type ProgramResult, runProgram } from './run-program.ts'

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
      return await runProgram('git', args, {
        cwd: this.folder,
        ...(input !== undefined && { input }),
        ...(this.#environment && { environment: this.#environment }),
      })
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
        throw new UserError('GIT_FAILED', 'git is not installed, or not on the PATH; install it and run again.', {
          cause,
        })
      throw cause
    }
  }

  /** Its standard output without the last line's end; throws `UserError` GIT_FAILED with git's own words. */
  async run(args: readonly string[], input?: Uint8Array | string): Promise<string> {
    const result = await this.try(args, input)
    if (result.code === 0) return result.stdout.toString().replace(/\n$/, '')
    throw new UserError(
      'GIT_FAILED',
      `git ${args[0]} failed in ${this.folder}: ${result.stderr.trim() || `exit code ${result.code}`}`,
    )
  }

  /** Its standard output, or null where it fails. */
  async ask(args: readonly string[]): Promise<string | null> {
    const result = await this.try(args)
    return result.code === 0 ? result.stdout.toString().trim() : null
  }
}
