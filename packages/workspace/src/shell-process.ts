import { spawn } from 'node:child_process'
import type { Command, Process } from '@mlwright/domain'

/** Names that a user's program may inherit; everything else, tokens first of all, stays outside. */
const inherited =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|RUNNER_TEMP|RUNNER_TOOL_CACHE|SystemRoot|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|VIRTUAL_ENV|CONDA_PREFIX|pythonLocation|LD_LIBRARY_PATH|JAVA_HOME|CUDA_\w+|NVIDIA_\w+|OMP_NUM_THREADS|PIP_\w+|SSL_CERT_FILE|SSL_CERT_DIR|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/

/** Runs the user's programs in a process group of their own. */
export class ShellProcess implements Process {
  readonly #environment: Readonly<Record<string, string | undefined>>

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment
  }

  run(command: Command): Promise<{ code: number | null; timedOut: boolean }> {
    const allowed = Object.entries(this.#environment).filter(([name]) => inherited.test(name))
    const env = { ...Object.fromEntries(allowed), ...command.environment }
    const detached = process.platform !== 'win32'
    return new Promise((resolve, reject) => {
      const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', command.line], {
        cwd: command.cwd,
        env,
        detached,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let timedOut = false
      const kill = (signal: NodeJS.Signals) => {
        try {
          if (detached) process.kill(-child.pid!, signal)
          else child.kill(signal)
        } catch {
          // It has ended by itself.
        }
      }
      const timer = setTimeout(() => {
        timedOut = true
        kill('SIGTERM')
        setTimeout(() => kill('SIGKILL'), 5000).unref()
      }, command.seconds * 1000)
      child.stdout.setEncoding('utf8').on('data', command.onOutput)
      child.stderr.setEncoding('utf8').on('data', command.onOutput)
      child.on('error', reject)
      child.on('close', (code) => {
        clearTimeout(timer)
        resolve({ code, timedOut })
      })
    })
  }
}
