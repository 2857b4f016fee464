import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'
import { telco } from './fixture.ts'

const program = fileURLToPath(new URL('../../packages/cli/bin/mlwright.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../packages/cli/dist/serving/index.js', import.meta.url)))
const example = fileURLToPath(new URL('../../examples/telco-churn', import.meta.url))
const mayRun = built && process.platform === 'linux' && process.getuid?.() === 0

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mlwright-image-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const blobPath = (layout: string, digest: string) => join(layout, 'blobs', digest.replace(':', '/'))
const blob = (layout: string, digest: string) => JSON.parse(readFileSync(blobPath(layout, digest), 'utf8'))

/** The image's own root, made of its layers. */
function unpack(layout: string) {
  const root = folder()
  chmodSync(root, 0o755)
  const digest = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')).manifests[0].digest
  const manifest = blob(layout, digest)
  for (const layer of manifest.layers)
    execFileSync('tar', ['--extract', '--gzip', '--file', blobPath(layout, layer.digest), '--directory', root])
  return { root, digest, manifest, config: blob(layout, manifest.config.digest).config }
}

describe.skipIf(!mayRun)('package (skipped unless root runs it on Linux after `npm run build`)', () => {
  it('makes the same small image twice, which serves as nobody with nothing but its own files, and stops', async () => {
    const { model, row } = await telco()
    const cwd = folder()
    writeFileSync(join(cwd, 'model.onnx'), model)
    cpSync(example, cwd, { recursive: true, filter: (path) => !/\.mlwright$|data$/.test(path) })
    for (const layout of ['one', 'two'])
      execFileSync(
        process.execPath,
        [
          program,
          'package',
          '--model-path',
          'model.onnx',
          '--name',
          'churn',
          '--version',
          'v1.4.0',
          '--layout',
          layout,
        ],
        { cwd, stdio: 'ignore' },
      )
    const [first, second] = [unpack(join(cwd, 'one')), unpack(join(cwd, 'two'))]
    expect(second.digest).toBe(first.digest)
    const size = first.manifest.layers.reduce((sum: number, layer: { size: number }) => sum + layer.size, 0)
    expect(size).toBeLessThan(100e6)
    expect(first.manifest.layers.at(-1).size).toBeLessThan(100e3)
    const { root, config } = first
    expect(config).toMatchObject({ User: '65532:65532', StopSignal: 'SIGTERM', ExposedPorts: { '8080/tcp': {} } })
    const bom = JSON.parse(readFileSync(join(root, 'app/bom.cdx.json'), 'utf8'))
    const named = (kind: string) =>
      bom.components.flatMap(({ type, name }: { type: string; name: string }) => (type === kind ? [name] : []))
    expect([named('machine-learning-model'), named('platform')]).toEqual([['churn'], ['node']])
    expect(named('library')).toEqual(['mlwright', 'onnxruntime-node', 'onnxruntime-common', 'zod'])
    const listed = execFileSync(
      'tar',
      ['--list', '--gzip', '--file', blobPath(join(cwd, 'one'), first.manifest.layers[0].digest)],
      {
        encoding: 'utf8',
      },
    )
    expect(named('file').sort()).toEqual(
      listed
        .trim()
        .split('\n')
        .filter((path) => !path.endsWith('/'))
        .sort(),
    )
    expect(named('file').join(' ')).toContain('libstdc++')

    const port = await freePort()
    const environment = Object.fromEntries(config.Env.map((line: string) => line.split(/=(.*)/s).slice(0, 2)))
    const child = spawn('chroot', ['--userspec=65532:65532', root, ...config.Entrypoint], {
      env: { ...environment, PATH: process.env.PATH, PORT: String(port) },
    })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    const exit = new Promise((resolve) => child.on('exit', resolve))
    for (;;) {
      if (
        await fetch(`http://127.0.0.1:${port}/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break
      if (child.exitCode !== null) throw new Error(text)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const answer = await fetch(`http://127.0.0.1:${port}/predict`, { method: 'POST', body: JSON.stringify(row(0)) })
    expect(await answer.json()).toMatchObject({
      model: 'churn',
      version: 'v1.4.0',
      prediction: expect.stringMatching(/Yes|No/),
    })
    const broken = await fetch(`http://127.0.0.1:${port}/predict`, {
      method: 'POST',
      body: JSON.stringify({ ...row(0), tenure: 121 }),
    })
    expect([broken.status, await broken.json()]).toEqual([
      400,
      { error: 'Row 0: the column tenure is 121; by the contract it has to be at most 120.' },
    ])
    const health = ['--userspec=65532:65532', root, ...config.Healthcheck.Test.slice(1)]
    execFileSync('chroot', health, { env: { PATH: process.env.PATH, PORT: String(port) } })
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    expect(text).toContain('"version":"v1.4.0"')
  }, 120_000)
})
