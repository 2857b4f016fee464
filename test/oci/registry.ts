import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BaseImage, type Image, type LayerFile, makeImage, makeLayer } from '@mlwright/oci'
import { onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'

export const file = (path: string, text: string, mode?: number): LayerFile => ({
  path,
  content: Buffer.from(text),
  ...(mode !== undefined && { mode }),
})
export const runtime = [
  file('usr/bin/serve', '#!/bin/sh\necho hello\n', 0o755),
  file('app/a.js', 'a'),
  file('app-b/c.js', ''),
]

/** An image of a few small files. */
export async function image(model: string, architecture = 'amd64', base?: BaseImage): Promise<Image> {
  const layers = [await makeLayer(runtime), await makeLayer([file('model/v1.onnx', model)])]
  return makeImage(layers, {
    platform: base?.platform ?? { os: 'linux', architecture },
    base,
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

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mlwright-oci-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const program = process.env.MLWRIGHT_TEST_REGISTRY || 'docker-registry'

export const hasRegistry = spawnSync(program, ['--version']).status === 0

/** A server that gives tokens as GHCR does, to alice alone, for what she asks; says what was asked. */
export async function tokenServer(path: string) {
  const subject = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=test', '-days', '2']
  execFileSync('openssl', [...subject, '-keyout', join(path, 'key.pem'), '-out', join(path, 'cert.pem')], {
    stdio: 'ignore',
  })
  const [key, pem] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(path, name), 'utf8')) as [string, string]
  const certificate = pem.replace(/-----[^-]+-----|\s/g, '')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const asked: string[][] = []
  const server = createHttpServer((request, response) => {
    const { searchParams } = new URL(request.url!, 'http://localhost')
    asked.push(searchParams.getAll('scope'))
    if (request.headers.authorization !== `Basic ${Buffer.from('alice:secret').toString('base64')}`) {
      response.writeHead(401).end()
      return
    }
    const access = asked.at(-1)!.map((scope) => {
      const [type, name, actions] = scope.split(':')
      return { type, name, actions: actions!.split(',') }
    })
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
    const body = `${head}.${part({ ...claims, access })}`
    const signature = sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')
    response.end(JSON.stringify({ token: `${body}.${signature}` }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { realm: `http://127.0.0.1:${(server.address() as { port: number }).port}/token`, asked }
}

/** Debian's registry on loopback; with a line of htpasswd, or with a server of tokens, it asks for a login. */
export async function registry(
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
  const child = spawn(program, ['serve', join(path, 'registry.yml')], { stdio: 'ignore' })
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
