import { join } from 'node:path'
import { imageLayout, makeLayer, parseBase, parseReference, pushImage, RegistryClient, readBase } from '@mlwright/oci'
import { describe, expect, it } from 'vitest'
import { file, folder, hasRegistry, image, registry, tokenServer } from './registry.ts'

const amd64 = { os: 'linux', architecture: 'amd64' }
const arm64 = { os: 'linux', architecture: 'arm64' }
const zeros = '0'.repeat(64)

describe('the name of a base', () => {
  it.each([
    ['node:24-slim', { registry: 'docker.io', repository: 'library/node', tag: '24-slim', digest: null }],
    ['acme/node', { registry: 'docker.io', repository: 'acme/node', tag: 'latest', digest: null }],
    [`localhost/node@sha256:${zeros}`, { registry: 'localhost', repository: 'node', digest: `sha256:${zeros}` }],
    ['gcr.io/distroless/nodejs24-debian12:nonroot', { registry: 'gcr.io', tag: 'nonroot', secure: true }],
  ])('%s is read as Docker reads it', (text, reference) => {
    expect(parseBase(text)).toMatchObject(reference)
  })

  it('has a whole digest or none', () => {
    expect(() => parseBase('node@sha256:12')).toThrow('it is sha256: and 64 digits')
  })
})

describe.skipIf(!hasRegistry)('an image on a base (skipped where docker-registry is not installed)', () => {
  /** A base for two platforms, as a publisher pushes it. */
  async function published(host: string) {
    const images = [await image('node'), await image('node', 'arm64')] as const
    const { digest } = await pushImage([...images], parseReference(`${host}/library/node:24`))
    return { name: `${host}/library/node:24`, pinned: `${host}/library/node@${digest}`, images }
  }

  it('takes its layers from the other repository of the registry, and adds its own after them', async () => {
    const host = await registry()
    const { pinned, images } = await published(host)
    const [base] = await readBase(pinned, [amd64])
    expect(base).toMatchObject({ name: pinned, entrypoint: ['/usr/bin/serve'], platform: amd64 })
    const own = await image('model', 'amd64', base)
    const pushed = await pushImage([own], parseReference(`${host}/acme/churn:v1`))
    // The base's two layers; the first of ours has the same files as one of them.
    expect(pushed).toEqual({ digest: own.manifest.digest, mounted: 2, uploaded: 2, present: 0 })
    const manifest = await new RegistryClient(parseReference(`${host}/acme/churn`)).manifest('v1')
    const { layers } = JSON.parse(Buffer.from(manifest!.content).toString())
    expect(layers.map(({ digest }: { digest: string }) => digest)).toEqual([
      ...images[0].layers.map(({ digest }) => digest),
      ...own.layers.map(({ digest }) => digest),
    ])
    const config = JSON.parse(Buffer.from(own.config.content).toString())
    expect(config.rootfs.diff_ids).toHaveLength(4)
    expect(config.config.Env).toEqual(['ORT_DISABLE_TELEMETRY=1'])
  })

  it('copies them to another registry, and into a layout', async () => {
    const [from, to] = [await registry(), await registry()]
    const { pinned } = await published(from)
    const bases = await readBase(pinned, [amd64, arm64])
    const images = [await image('m', 'amd64', bases[0]), await image('m', 'arm64', bases[1])] as const
    const pushed = await pushImage([...images], parseReference(`${to}/acme/churn:v1`))
    expect(pushed).toMatchObject({ mounted: 0, present: 0 })
    const client = new RegistryClient(parseReference(`${to}/acme/churn`), { readOnly: true })
    for (const { digest } of bases[0]!.layers) expect(await client.hasBlob(digest)).toBe(true)
    const paths = new Set<string>()
    for await (const [path] of imageLayout([...images], 'v1')) paths.add(path)
    for (const { digest } of bases[1]!.layers) expect(paths).toContain(`blobs/${digest.replace(':', '/')}`)
  })

  it('names the digest that a base without one has today', async () => {
    const host = await registry()
    const { name, pinned } = await published(host)
    await expect(readBase(name, [amd64])).rejects.toThrow(`write \`${name}@${pinned.split('@')[1]}\``)
  })

  it('says which platforms there are, and that there is no such image', async () => {
    const host = await registry()
    const { pinned } = await published(host)
    await expect(readBase(pinned, [{ os: 'linux', architecture: 's390x' }])).rejects.toThrow(
      'is not for linux/s390x; it is for linux/amd64, linux/arm64.',
    )
    const single = await pushImage([await image('x')], parseReference(`${host}/acme/one:v1`))
    await expect(readBase(`${host}/acme/one@${single.digest}`, [arm64])).rejects.toThrow('it is for linux/amd64.')
    await expect(readBase(`${host}/acme/none@sha256:${zeros}`, [amd64])).rejects.toThrow('There is no base image')
  })

  it('asks for a token that reads the base and writes the image', async () => {
    const path = folder()
    const { realm, asked } = await tokenServer(path)
    const host = await registry(undefined, { realm, certificate: join(path, 'cert.pem') })
    const credentials = { user: 'alice', password: 'secret' }
    const { digest } = await pushImage([await image('n')], parseReference(`${host}/library/node:24`), { credentials })
    const pinned = `${host}/library/node@${digest}`
    await expect(readBase(pinned, [amd64])).rejects.toThrow('asks for a login to read library/node')
    const [base] = await readBase(pinned, [amd64], { credentials })
    expect(asked.at(-1)).toEqual(['repository:library/node:pull'])
    const own = await image('model', 'amd64', base)
    const pushed = await pushImage([own], parseReference(`${host}/acme/churn:v1`), { credentials })
    expect(asked.at(-1)).toEqual(['repository:acme/churn:pull,push', 'repository:library/node:pull'])
    expect(pushed).toMatchObject({ mounted: 2 })
  })

  it('refuses bytes that are not what their digest says', async () => {
    const host = await registry()
    const client = new RegistryClient(parseReference(`${host}/acme/churn`))
    const layer = await makeLayer([file('a', 'a')])
    await expect(client.putBlob({ ...layer, digest: `sha256:${zeros}` })).rejects.toThrow('answered 400 to PUT')
  })
})
