import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'
import { telco } from './fixture.ts'

const program = fileURLToPath(new URL('../../packages/cli/bin/mlwright.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../packages/cli/dist/serving/index.js', import.meta.url)))
const equipped = spawnSync('docker', ['info']).status === 0 && spawnSync('docker-registry', ['--version']).status === 0
const run = promisify(execFile)
const docker = (...argv: string[]) =>
  execFileSync('docker', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50))
}

describe.skipIf(!built || !equipped)(
  'a Docker engine (skipped unless `docker info` and docker-registry work, after `npm run build`)',
  () => {
    it('pulls the image by digest, runs it read-only without rights, and stops it under load without losing a request', async () => {
      const cwd = mkdtempSync(join(tmpdir(), 'mlwright-docker-'))
      onTestFinished(() => rmSync(cwd, { recursive: true, force: true }))
      const { model, row } = await telco()
      writeFileSync(join(cwd, 'model.onnx'), model)
      const registry = await freePort()
      writeFileSync(
        join(cwd, 'registry.yml'),
        `version: 0.1\nlog: { level: error }\nstorage:\n  filesystem: { rootdirectory: ${cwd} }\nhttp: { addr: "127.0.0.1:${registry}" }\n`,
      )
      const serving = spawn('docker-registry', ['serve', join(cwd, 'registry.yml')], { stdio: 'ignore' })
      onTestFinished(() => {
        serving.kill('SIGKILL')
      })
      await until(async () => (await fetch(`http://127.0.0.1:${registry}/v2/`)).ok)

      const target = ['--name', 'churn', '--version', 'v1', '--image', `127.0.0.1:${registry}/acme/churn:v1`, '--json']
      const { stdout } = await run(process.execPath, [program, 'package', '--model-path', 'model.onnx', ...target], {
        cwd,
      })
      const { image } = JSON.parse(stdout)
      docker('pull', image)
      const port = await freePort()
      const rights = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--memory', '256m']
      const container = docker('run', '--detach', '--network', 'host', ...rights, '--env', `PORT=${port}`, image)
      onTestFinished(() => {
        docker('rm', '--force', container)
        docker('rmi', '--force', image)
      })
      await until(async () => (await fetch(`http://127.0.0.1:${port}/v2/health/ready`)).ok)
      await until(async () => docker('inspect', '--format', '{{.State.Health.Status}}', container) === 'healthy')

      const agent = new Agent({ keepAlive: true, maxSockets: 16 })
      const body = JSON.stringify(row(0))
      const post = () =>
        new Promise<number>((resolve, reject) => {
          const headers = { 'Content-Type': 'application/json' }
          const sent = request(
            { port, host: '127.0.0.1', agent, method: 'POST', path: '/predict', headers },
            (answer) => {
              answer.resume()
              answer.on('end', () => resolve(answer.statusCode!))
              answer.on('error', reject)
            },
          )
          sent.on('error', reject)
          sent.end(body)
        })
      let answered = 0
      let stopped: Promise<unknown> | null = null
      const lost: unknown[] = []
      const clients = Array.from({ length: 16 }, async () => {
        for (;;)
          try {
            const status = await post()
            if (status !== 200) lost.push(status)
            if (++answered === 500) stopped = run('docker', ['stop', container])
          } catch (error) {
            const { code } = error as NodeJS.ErrnoException
            if (code === 'ECONNREFUSED') return
            lost.push(code)
          }
      })
      await Promise.all(clients)
      await stopped
      agent.destroy()
      expect(lost).toEqual([])
      expect(docker('inspect', '--format', '{{.State.ExitCode}}', container)).toBe('0')
      const logged = docker('logs', container)
        .split('\n')
        .filter((line) => line.includes('"request_id"'))
      expect(logged).toHaveLength(answered)
    }, 180_000)
  },
)
