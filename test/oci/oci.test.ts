import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  digestOf,
  type Image,
  imageLayout,
  type LayerFile,
  makeImage,
  makeLayer,
  parseReference,
  pushImage,
  RegistryClient,
  writeTar,
} from '@mlwright/oci'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'

const file = (path: string, text: string, mode?: number): LayerFile => ({
  path,
  content: Buffer.from(text),
  ...(mode !== undefined && { mode }),
})
const runtime = [file('usr/bin/serve', '#!/bin/sh\necho hello\n', 0o755), file('app/a.js', 'a'), file('app-b/c.js', '')]

async function image(model: string, architecture = 'amd64'): Promise<Image> {
  const layers = [await makeLayer(runtime), await makeLayer([file('model/v1.onnx', model)])]
  return makeImage(layers, {
    platform: { os: 'linux', architecture },
    entrypoint: ['/usr/bin/serve'],
    environment: { ORT_DISABLE_TELEMETRY: '1' },
    user: '65532:65532',
    workingDirectory: '/',
    ports: [8080],
    labels: { 'org.opencontainers.image.title': 'churn' },
    created: '1970-01-01T00:00:00Z',
    health: { test: ['CMD', '/usr/bin/serve'], seconds: 10 },
    history: ['runtime', 'model'],
  })
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mlwright-oci-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const hasRegistry = spawnSync('docker-registry', ['--version']).status === 0

/** A server that gives tokens as GHCR does, to alice alone, for what she asks; says what was asked. */
async function tokenServer(path: string) {
  const subject = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=test', '-days', '2']
  execFileSync('openssl', [...subject, '-keyout', join(path, 'key.pem'), '-out', join(path, 'cert.pem')], {
    stdio: 'ignore',
  })
  const [key, pem] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(path, name), 'utf8')) as [string, string]
  const certificate = pem.replace(/-----[^-]+-----|\s/g, '')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const asked: string[] = []
  const server = createHttpServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://localhost')
    asked.push(searchParams.get('scope') ?? '')
    if (request.headers.authorization !== `Basic ${Buffer.from('alice:secret').toString('base64')}`) {
      response.writeHead(401).end()
      return
    }
    const [type, name, actions] = asked.at(-1)!.split(':')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: 'test',
      sub: 'alice',
      aud: searchParams.get('service'),
      exp: now + 60,
      nbf: now - 5,
      iat: now,
      jti: '1',
    }
    const head = part({ typ: 'JWT', alg: 'RS256', x5c: [certificate] })
    const body = `${head}.${part({ ...claims, access: [{ type, name, actions: actions!.split(',') }] })}`
    const signature = sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')
    response.end(JSON.stringify({ token: `${body}.${signature}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { realm: `http://127.0.0.1:${(server.address() as { port: number }).port}/token`, asked }
}

/** Debian's registry on loopback; with a line of htpasswd, or with a server of tokens, it asks for a login. */
async function registry(
  htpasswd?: string,
  tokens?: { readonly realm: string; readonly certificate: string },
): Promise<string> {
  const path = folder()
  const port = await freePort()
  const auth = tokens
    ? `auth:\n  token: { realm: "${tokens.realm}", service: test, issuer: test, rootcertbundle: ${tokens.certificate} }\n`
    : htpasswd === undefined
      ? ''
      : `auth:\n  htpasswd: { realm: test, path: ${join(path, 'htpasswd')} }\n`
  if (htpasswd !== undefined) writeFileSync(join(path, 'htpasswd'), `${htpasswd}\n`)
  writeFileSync(
    join(path, 'registry.yml'),
    `version: 0.1\nlog: { level: error }\nstorage:\n  filesystem: { rootdirectory: ${path} }\nhttp: { addr: "127.0.0.1:${port}" }\n${auth}`,
  )
  const child = spawn('docker-registry', ['serve', join(path, 'registry.yml')], { stdio: 'ignore' })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  for (;;) {
    const up = await fetch(`http://127.0.0.1:${port}/v2/`).then(
      () => true,
      () => false,
    )
    if (up) return `127.0.0.1:${port}`
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

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
    expect(new Set(asked)).toEqual(new Set(['repository:acme/churn:pull,push']))
  })
})

it('writes a layout whose blobs have the digests that name them', async () => {
  const files = imageLayout([await image('one')], 'v1')
  for (const [path, content] of files)
    if (dirname(path) === 'blobs/sha256') expect(digestOf(content)).toBe(`sha256:${path.slice('blobs/sha256/'.length)}`)
  const index = JSON.parse(Buffer.from(files.get('index.json')!).toString())
  expect(files.has(`blobs/${index.manifests[0].digest.replace(':', '/')}`)).toBe(true)
})
