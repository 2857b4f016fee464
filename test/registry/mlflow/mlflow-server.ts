import { type ChildProcess, spawn } from 'node:child_process'
import { freePort } from '../../free-port.ts'

export interface MlflowServer {
  readonly address: string
  stop(): void
}

/** Starts `mlflow server` in a folder, with options beside host and port, and waits until it answers. */
export async function startMlflow(
  python: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  options: readonly string[],
): Promise<MlflowServer> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const args = ['-m', 'mlflow', 'server', ...options, '--port', String(port), '--workers', '1']
  const server: ChildProcess = spawn(python, args, { cwd: folder, env: environment, detached: true })
  const answers = () =>
    fetch(`${address}/health`).then(
      (answer) => answer.ok,
      () => false,
    )
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, 200))
  return {
    address,
    stop() {
      if (server.pid) process.kill(-server.pid)
    },
  }
}
