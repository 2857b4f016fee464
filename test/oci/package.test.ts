import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseReference, RegistryClient } from '@mlwright/oci'
import { describe, expect, it } from 'vitest'
import { telco } from '../serving/fixture.ts'
import { publishedNode } from './published-node.ts'
import { folder, hasRegistry, registry } from './registry.ts'

const program = fileURLToPath(new URL('../../packages/cli/bin/mlwright.js', import.meta.url))
const built = existsSync(fileURLToPath(new URL('../../packages/cli/dist/serving/index.js', import.meta.url)))
const run = promisify(execFile)
const ready = built && hasRegistry && process.platform === 'linux'

async function packed(cwd: string, ...argv: string[]) {
  const model = ['--model-path', 'model.onnx', '--name', 'churn']
  const { stdout, stderr } = await run(process.execPath, [program, 'package', ...model, '--json', ...argv], { cwd })
  return { noun: JSON.parse(stdout), said: stderr }
}

const manifestOf = async (image: string) => {
  const [name, digest] = image.split('@') as [string, string]
  const client = new RegistryClient(parseReference(name), { readOnly: true })
  return {
    client,
    manifest: JSON.parse(Buffer.from((await client.manifest(digest))!.content).toString()),
  }
}

describe.skipIf(!ready)('package (skipped unless docker-registry is there, on Linux, after `npm run build`)', () => {
  it('puts a model on a published Node.js for several platforms, and a new version uploads one small layer of each', async () => {
    const host = await registry()
    const base = await publishedNode(host)
    const cwd = folder()
    const { model } = await telco()
    writeFileSync(join(cwd, 'model.onnx'), model)
    const onBase = ['--base', base, '--platforms', 'linux/amd64, linux/arm64']
    const first = await packed(cwd, '--version', 'v1.0.0', '--image', `${host}/acme/churn:v1.0.0`, ...onBase)
    const again = await packed(cwd, '--version', 'v1.0.0', '--image', `${host}/acme/churn:again`, ...onBase)
    expect(again.noun.digest).toBe(first.noun.digest)
    expect(first.noun).toMatchObject({ tag: `${host}/acme/churn:v1.0.0`, platforms: ['linux/amd64', 'linux/arm64'] })
    expect(first.noun.bytes).toBeLessThan(100e6)

    const { client, manifest: index } = await manifestOf(first.noun.image)
    expect(index.manifests.map(({ platform }: { platform: unknown }) => platform)).toEqual([
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ])
    for (const [at, processor] of ['x64', 'arm64'].entries()) {
      const manifest = JSON.parse(Buffer.from((await client.manifest(index.manifests[at].digest))!.content).toString())
      const { config } = JSON.parse(Buffer.from(await client.blob(manifest.config)).toString())
      expect(config).toMatchObject({ Entrypoint: ['node', '/app/serve.js'], User: '65532:65532' })
      expect(config.Env).toContain('PATH=/usr/local/bin:/usr/bin')
      const layout = join(folder(), 'onnxruntime.tar.gz')
      writeFileSync(layout, await client.blob(manifest.layers[1]))
      const { stdout } = await run('tar', ['--list', '--gzip', '--file', layout])
      expect(stdout).toContain(
        `app/node_modules/onnxruntime-node/bin/napi-v6/linux/${processor}/onnxruntime_binding.node`,
      )
    }

    writeFileSync(join(cwd, 'model.onnx'), (await telco('logistic-regression')).model)
    const next = await packed(cwd, '--version', 'v1.1.0', '--image', `${host}/acme/churn:v1.1.0`, ...onBase)
    const layersOf = async (image: string) => {
      const found = await manifestOf(image)
      const digests = found.manifest.manifests.map(({ digest }: { digest: string }) => digest)
      const each = await Promise.all(
        digests.map(async (digest: string) => (await found.client.manifest(digest))!.content),
      )
      return each.map(
        (content) => JSON.parse(Buffer.from(content).toString()).layers as { digest: string; size: number }[],
      )
    }
    for (const [at, layers] of (await layersOf(next.noun.image)).entries()) {
      const before = (await layersOf(first.noun.image))[at]!
      const differing = layers.filter(({ digest }) => !before.some((other) => other.digest === digest))
      expect(differing).toHaveLength(1)
      expect(differing[0]).toBe(layers.at(-1))
      expect(differing[0]!.size).toBeLessThan(100e3)
    }
  }, 180_000)

  it('says what a platform, a base or a builder lacks', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'model.onnx'), (await telco('logistic-regression')).model)
    const refusal = (...argv: string[]) =>
      packed(cwd, ...argv).then(
        () => '',
        ({ stderr }) => stderr as string,
      )
    const to = ['--image', '127.0.0.1:9/acme/churn:v1']
    expect(await refusal(...to, '--platforms', 'linux/arm64')).toContain('name a published Node.js image with `base`')
    expect(await refusal(...to, '--platforms', 'windows/amd64')).toContain('`windows/amd64` is no platform')
    expect(await refusal(...to, '--builder', 'docker')).toContain(
      '`builder: docker` begins with a published Node.js image',
    )
    expect(await refusal('--layout', 'x', '--builder', 'docker')).toContain('Say with `image` where the image goes')
    expect(existsSync(join(cwd, '.mlwright/image'))).toBe(false)
    expect(readFileSync(join(cwd, 'model.onnx')).length).toBeGreaterThan(0)
  }, 60_000)
})
