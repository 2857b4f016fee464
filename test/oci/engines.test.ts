import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'
import { telco } from '../serving/fixture.ts'
import { publishedNode } from './published-node.ts'
import { folder, hasRegistry, registry } from './registry.ts'

const program = fileURLToPath(new URL('../../packages/cli/bin/mlwright.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../packages/cli/dist/serving/index.js', import.meta.url)))
const run = promisify(execFile)

const engine = process.env.MLWRIGHT_TEST_DOCKER
const environment = { ...process.env, DOCKER_HOST: engine }
const docker = (...argv: string[]) =>
  execFileSync('docker', argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: environment }).trim()

const podman = process.env.MLWRIGHT_TEST_PODMAN

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50))
}
const ready = (port: number) => until(async () => (await fetch(`http://127.0.0.1:${port}/v2/health/ready`)).ok)
const runs = (container: string, port: number) =>
  Promise.race([
    ready(port),
    run('docker', ['wait', container], { env: environment }).then(() => expect.fail(docker('logs', container))),
  ])

/** htpasswd -nbBC 4 alice secret */
const password = 'alice:$2b$04$47basoth2W4PBfiD7pciIObyHl6F9E6MExSyuLjEMuXc2u1aoAFjG'

/** A model of churn as an image, packed by the command. */
async function packed(...target: string[]) {
  const cwd = folder()
  const { model, row } = await telco()
  writeFileSync(join(cwd, 'model.onnx'), model)
  const argv = ['package', '--model-path', 'model.onnx', '--name', 'churn', '--version', 'v1', '--json', ...target]
  const { stdout } = await run(process.execPath, [program, ...argv], { cwd, env: environment })
  return { cwd, row, packed: JSON.parse(stdout) as { image: string; digest: string; bytes: number } }
}

async function predict(port: number, body: string): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`http://127.0.0.1:${port}/predict`, { method: 'POST', headers, body })
  expect(answer.status).toBe(200)
  const { prediction, probabilities } = (await answer.json()) as Record<string, unknown>
  return { prediction, probabilities }
}

/** What the same model answers on this machine, without a container. */
async function withoutContainer(cwd: string, body: string): Promise<unknown> {
  const port = await freePort()
  const argv = [program, 'serve', 'model.onnx', '--name', 'churn', '--port', String(port)]
  const child = spawn(process.execPath, argv, { cwd, stdio: 'ignore' })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await ready(port)
  return predict(port, body)
}

describe.skipIf(!built || !hasRegistry || !engine)(
  'a Docker engine (skipped unless MLWRIGHT_TEST_DOCKER names its socket and docker-registry is there, after `npm run build`)',
  () => {
    it('pulls the image by digest, runs it read-only without rights, and stops it under load without losing a request', async () => {
      const { cwd, row, packed: pushed } = await packed('--image', `${await registry()}/acme/churn:v1`)
      const { image, bytes } = pushed
      expect(bytes).toBeLessThan(100e6)
      docker('pull', image)
      const port = await freePort()
      const rights = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--memory', '256m']
      const container = docker('run', '--detach', '--network', 'host', ...rights, '--env', `PORT=${port}`, image)
      onTestFinished(() => {
        docker('rm', '--force', container)
        docker('rmi', '--force', image)
      })
      await runs(container, port)
      await until(async () => docker('inspect', '--format', '{{.State.Health.Status}}', container) === 'healthy')
      expect(docker('inspect', '--format', '{{.Config.User}}', container)).toBe('65532:65532')

      const body = JSON.stringify(row(0))
      expect(await predict(port, body)).toEqual(await withoutContainer(cwd, body))
      const agent = new Agent({ keepAlive: true, maxSockets: 16 })
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
      let answered = 1
      let stopped: Promise<unknown> | null = null
      const lost: unknown[] = []
      const clients = Array.from({ length: 16 }, async () => {
        for (;;)
          try {
            const status = await post()
            if (status !== 200) lost.push(status)
            if (++answered === 500) stopped = run('docker', ['stop', container], { env: environment })
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

    it('builds the image itself where it is asked to, from a Dockerfile', async () => {
      const base = await publishedNode(await registry())
      const host = await registry(password)
      const login = ['--registry-user', 'alice', '--registry-password', 'secret']
      const onBase = ['--base', base, '--builder', 'docker', ...login]
      const { cwd, row, packed: pushed } = await packed('--image', `${host}/acme/churn:v1`, ...onBase)
      expect(pushed.image).toBe(`${host}/acme/churn@${pushed.digest}`)
      // What Docker built is still here; without the login it could not be pulled.
      expect(() => docker('pull', pushed.image)).toThrow('no basic auth credentials')
      const port = await freePort()
      const container = docker(
        'run',
        '--detach',
        '--read-only',
        '--network',
        'host',
        '--env',
        `PORT=${port}`,
        `${host}/acme/churn:v1`,
      )
      onTestFinished(() => {
        docker('rm', '--force', container)
        docker('rmi', '--force', `${host}/acme/churn:v1`)
      })
      await runs(container, port)
      const body = JSON.stringify(row(0))
      expect(await predict(port, body)).toEqual(await withoutContainer(cwd, body))
      expect(docker('inspect', '--format', '{{.Config.User}} {{.Config.Healthcheck.Test}}', container)).toBe(
        '65532:65532 [CMD node /app/serve.js health]',
      )
    }, 180_000)
  },
)

describe.skipIf(!built || !podman)(
  'podman (skipped unless MLWRIGHT_TEST_PODMAN names it, after `npm run build`)',
  () => {
    it('runs the image from its layout, which two builds make with the same digest', async () => {
      // podman names the image after the path, which has to be in lower case.
      const layout = join(tmpdir(), `mlwright-layout-${process.pid}`)
      onTestFinished(() => rmSync(layout, { recursive: true, force: true }))
      const { cwd, row, packed: first } = await packed('--layout', 'layout')
      const { packed: second } = await packed('--layout', 'layout')
      expect(second.digest).toBe(first.digest)
      renameSync(join(cwd, 'layout'), layout)
      // Its own store and no limits that need rights: a container in a container may not raise them.
      const store = mkdtempSync(join(tmpdir(), 'mlwright-podman-'))
      const own = ['--root', join(store, 'root'), '--runroot', join(store, 'run'), '--cgroup-manager', 'cgroupfs']
      const global = [...own, '--storage-driver', 'overlay', '--runtime', 'runc']
      onTestFinished(() => {
        spawnSync(podman!, [...global, 'rm', '--all', '--force', '--time', '0'])
        spawnSync('umount', [join(store, 'root/overlay')])
        rmSync(store, { recursive: true, force: true })
      })
      const pull = execFileSync(podman!, [...global, 'pull', '--quiet', `oci:${layout}`], {
        encoding: 'utf8',
      })
      const port = await freePort()
      const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024', '--network', 'host', '--read-only']
      const argv = [...global, 'run', '--rm', ...limits, '--env', `PORT=${port}`, pull.trim()]
      const child = spawn(podman!, argv, { stdio: 'ignore' })
      onTestFinished(() => {
        child.kill('SIGKILL')
      })
      const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
      await Promise.race([ready(port), ended.then((code) => expect.fail(`podman ended with ${code}`))])
      const body = JSON.stringify(row(0))
      expect(await predict(port, body)).toEqual(await withoutContainer(cwd, body))
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    }, 180_000)
  },
)
