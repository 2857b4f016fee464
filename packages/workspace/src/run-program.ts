import { spawn, spawnSync } from 'node:child_process'

export interface ProgramResult {
  readonly code: number | null
  readonly stdout: Buffer
  readonly stderr: string
}

/** Runs a program without a shell, with text on its standard input, and waits for its end. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd: string; input?: Uint8Array | string; environment?: Record<string, string> },
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const { environment } = options
    const child = spawn(program, args, { cwd: options.cwd, ...(environment && { env: environment }) })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk) => stdout.push(chunk))
    child.stderr.on('data', (chunk) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    )
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}

/** Runs a program likewise, without input, while everything else waits. */
export function runProgramNow(
  program: string,
  args: readonly string[],
  { cwd, environment }: { cwd: string; environment?: Record<string, string> },
): ProgramResult {
  const options = { cwd, maxBuffer: Number.POSITIVE_INFINITY, ...(environment && { env: environment }) }
  const { error, status, stdout, stderr } = spawnSync(program, args, options)
  if (error) throw error
  return { code: status, stdout, stderr: stderr.toString() }
}
