import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  digestOf,
  type Image,
  imageLayout,
  type LayerFile,
  makeLayer,
  parseReference,
  pushImage,
  RegistryClient,
  writeTar,
} from '@mlwright/oci'
import { describe, expect, it } from 'vitest'
import { file, folder, hasRegistry, image, registry, runtime, tokenServer } from './registry.ts'

describe('a layer', () => {
  it('is an archive that tar reads, with folders, modes and no time', async () => {
    const long = `${'folder/'.repeat(20)}${'x'.repeat(90)}.txt`
    const layer = await makeLayer([...runtime, file(long, 'deep')])
    const list = execFileSync('tar', ['--list', '--verbose', '--numeric-owner', '--utc', '--file', '-'], {
      input: gunzipSync(layer.content),
      encoding: 'utf8',
    })
    const lines = list
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/))
    expect(lines.map((words) => words[5])).toContain(long)
    expect(lines.find((words) => words[5] === 'usr/bin/serve')).toEqual([
      '-rwxr-xr-x',
      '0/0',
      '21',
      '1970-01-01',
      '00:00',
      'usr/bin/serve',
    ])
    expect(lines.find((words) => words[5] === 'app/')?.[0]).toBe('drwxr-xr-x')
    expect(layer.diffId).toBe(digestOf(gunzipSync(layer.content)))
  })

  it('has the same bytes in whatever order its files come', async () => {
    const [one, other] = [await makeLayer(runtime), await makeLayer([...runtime].reverse())]
    expect(other.digest).toBe(one.digest)
    expect((await makeLayer([...runtime, file('z', '')])).digest).not.toBe(one.digest)
  })

  it('refuses paths that leave it, that come twice, or that no archive holds', () => {
    const write = (...files: LayerFile[]) => [...writeTar(files)]
    expect(() => write(file('/etc/passwd', ''))).toThrow('The path /etc/passwd cannot stand in a layer')
    expect(() => write(file('a/../../b', ''))).toThrow('cannot stand in a layer')
    expect(() => write(file('a', ''), file('a', ''))).toThrow('The layer has a twice.')
    expect(() => write(file('x'.repeat(101), ''))).toThrow('too long for a layer')
  })
})

describe('a reference', () => {
  it.each([
    ['ghcr.io/acme/churn:v1.4.0', { registry: 'ghcr.io', repository: 'acme/churn', tag: 'v1.4.0', secure: true }],
    ['localhost:5000/churn', { registry: 'localhost:5000', repository: 'churn', tag: 'latest', secure: false }],
    ['127.0.0.1:5000/a/b_c', { registry: '127.0.0.1:5000', repository: 'a/b_c', tag: 'latest', secure: false }],
  ])('%s is read', (text, reference) => {
    expect(parseReference(text)).toEqual(reference)
  })

  it.each([
    'churn',
    'ghcr.io/Acme/churn',
    'ghcr.io/acme/churn:-x',
    'https://ghcr.io/a/b',
    '',
  ])('%s is refused', (text) => {
    expect(() => parseReference(text)).toThrow('is no reference')
  })
})

describe.skipIf(!hasRegistry)("Debian's registry (skipped where docker-registry is not installed)", () => {
  const pull = async (host: string, repository: string, tag: string) => {
    const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json'
    const response = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, { headers: { Accept: accept } })
    return { digest: response.headers.get('docker-content-digest'), manifest: await response.json() }
  }

  it('takes an image, gives it back by digest, and takes only what is new of the next version', async () => {
    const host = await registry()
    const first = await pushImage([await image('one')], parseReference(`${host}/acme/churn:v1`))
    expect(first).toMatchObject({ uploaded: 3, present: 0 })
    const { digest, manifest } = await pull(host, 'acme/churn', 'v1')
    expect(digest).toBe(first.digest)
    for (const { digest: blob } of [...manifest.layers, manifest.config]) {
      const bytes = await (await fetch(`http://${host}/v2/acme/churn/blobs/${blob}`)).arrayBuffer()
      expect(digestOf(new Uint8Array(bytes))).toBe(blob)
    }
    expect(await pushImage([await image('one')], parseReference(`${host}/acme/churn:again`))).toEqual({
      digest: first.digest,
      uploaded: 0,
      present: 3,
      mounted: 0,
    })
    expect(await pushImage([await image('two')], parseReference(`${host}/acme/churn:v2`))).toMatchObject({
      uploaded: 2,
      present: 1,
    })
  })

  it('takes blobs in chunks, and mounts them from another repository', async () => {
    const host = await registry()
    const layer = await makeLayer(
      [{ path: 'random', content: Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 251)) }],
      { level: 0 },
    )
    const chunked = new RegistryClient(parseReference(`${host}/a/a`), { chunk: 30_000 })
    expect(await chunked.putBlob(layer)).toBe('uploaded')
    expect(await chunked.putBlob(layer)).toBe('present')
    const other = new RegistryClient(parseReference(`${host}/b/b`))
    expect(await other.putBlob(layer, 'a/a')).toBe('mounted')
    expect(await other.hasBlob(layer.digest)).toBe(true)
  })

  it('takes an index for two platforms', async () => {
    const host = await registry()
    const images = [await image('one'), await image('one', 'arm64')] as [Image, Image]
    const { digest } = await pushImage(images, parseReference(`${host}/acme/churn:v1`))
    const pulled = await pull(host, 'acme/churn', 'v1')
    expect(pulled.digest).toBe(digest)
    expect(pulled.manifest.manifests.map(({ platform }: { platform: object }) => platform)).toEqual([
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
    ])
  })

  it('asks for a login, and says in a sentence when there is none', async () => {
    // htpasswd -nbBC 4 alice secret (bcrypt of `secret`)
    const host = await registry('alice:$2b$04$47basoth2W4PBfiD7pciIObyHl6F9E6MExSyuLjEMuXc2u1aoAFjG')
    const reference = parseReference(`${host}/acme/churn:v1`)
    await expect(pushImage([await image('one')], reference)).rejects.toThrow('asks for a login to write to acme/churn')
    await expect(
      pushImage([await image('one')], reference, { credentials: { user: 'alice', password: 'wrong' } }),
    ).rejects.toThrow('does not let you write to acme/churn')
    const pushed = await pushImage([await image('one')], reference, {
      credentials: { user: 'alice', password: 'secret' },
    })
    expect(pushed.uploaded).toBe(3)
  })
})

describe.skipIf(!hasRegistry)('a registry with tokens (skipped where docker-registry is not installed)', () => {
  it('gives one for the repository alone, and refuses who has no password', async () => {
    const path = folder()
    const { realm, asked } = await tokenServer(path)
    const host = await registry(undefined, { realm, certificate: join(path, 'cert.pem') })
    const reference = parseReference(`${host}/acme/churn:v1`)
    await expect(pushImage([await image('one')], reference)).rejects.toThrow('give a user and a password')
    const credentials = { user: 'alice', password: 'secret' }
    expect(await pushImage([await image('one')], reference, { credentials })).toMatchObject({ uploaded: 3 })
    expect(new Set(asked.flat())).toEqual(new Set(['repository:acme/churn:pull,push']))
  })
})

it('writes a layout whose blobs have the digests that name them', async () => {
  const files = new Map<string, Uint8Array>()
  for await (const [path, content] of imageLayout([await image('one')], 'v1')) files.set(path, content)
  for (const [path, content] of files)
    if (dirname(path) === 'blobs/sha256') expect(digestOf(content)).toBe(`sha256:${path.slice('blobs/sha256/'.length)}`)
  const index = JSON.parse(Buffer.from(files.get('index.json')!).toString())
  expect(files.has(`blobs/${index.manifests[0].digest.replace(':', '/')}`)).toBe(true)
})
