import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { makeLayer, parseReference, pushImage, RegistryClient } from '@mlwright/oci'
import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../free-port.ts'
import { hasRegistry, image, registry } from './registry.ts'

type Refuse = (request: IncomingMessage, response: ServerResponse) => boolean

/** What stands before a registry, and sometimes answers in its place. */
async function before(host: string, refuse: Refuse): Promise<string> {
  const [name, port] = host.split(':')
  const server = createServer((incoming, answer) => {
    if (refuse(incoming, answer)) return
    const { method, url, headers } = incoming
    const own = { ...headers, host: `127.0.0.1:${at}` }
    const outgoing = request({ host: name, port, method, path: url, headers: own }, (response) => {
      answer.writeHead(response.statusCode!, response.headers)
      response.pipe(answer)
    })
    outgoing.on('error', () => answer.destroy())
    incoming.pipe(outgoing)
  })
  const at = await freePort()
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${at}`
}

const busy = (status: number, response: ServerResponse) => {
  response.writeHead(status, { 'Retry-After': '0' }).end('busy')
  return true
}

const random = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251))

describe.skipIf(!hasRegistry)('a registry in trouble (skipped where docker-registry is not installed)', () => {
  it('is asked again after 429 and 503, for blobs, uploads and manifests', async () => {
    const refused = new Set<string>()
    const host = await before(await registry(), ({ method, url }, response) => {
      const kind = `${method} ${url!.replace(/.*\/(blobs|manifests)(\/uploads)?.*/, '$1$2')}`
      if (refused.has(kind)) return false
      refused.add(kind)
      return busy(refused.size % 2 ? 429 : 503, response)
    })
    const pushed = await pushImage([await image('one')], parseReference(`${host}/acme/churn:v1`))
    expect(pushed).toMatchObject({ uploaded: 3 })
    expect([...refused].sort()).toEqual(['HEAD blobs', 'POST blobs/uploads', 'PUT blobs/uploads', 'PUT manifests'])
  })

  it('gets a blob whole whose upload breaks off between two chunks', async () => {
    let parts = 0
    const host = await before(await registry(), ({ method }, response) => {
      if (method !== 'PATCH' || ++parts !== 2) return false
      response.destroy()
      return true
    })
    const layer = await makeLayer([{ path: 'random', content: random }], { level: 0 })
    const client = new RegistryClient(parseReference(`${host}/acme/churn`), { chunk: 100_000 })
    expect(await client.putBlob(layer)).toBe('uploaded')
    expect(parts).toBe(2 + 4)
    expect(Buffer.from(await client.blob(layer)).equals(layer.content)).toBe(true)
  })

  it.each(['says so', 'breaks off'])('gets in chunks what is too large for a proxy, which %s', async (how) => {
    const sizes: number[] = []
    const host = await before(await registry(), ({ method, headers }, response) => {
      const size = Number(headers['content-length'] ?? 0)
      if (method === 'PUT' || method === 'PATCH') sizes.push(size)
      if (size <= 2 ** 20) return false
      if (how === 'breaks off') response.destroy()
      else response.writeHead(413, { Connection: 'close' }).end('too large')
      return true
    })
    const layer = await makeLayer([{ path: 'random', content: Buffer.concat(Array(9).fill(random)) }], { level: 0 })
    const client = new RegistryClient(parseReference(`${host}/acme/churn`))
    expect(await client.putBlob(layer)).toBe('uploaded')
    expect(sizes).toEqual([layer.content.length, 2 ** 20, 2 ** 20, layer.content.length - 2 ** 21, 0])
    expect(Buffer.from(await client.blob(layer)).equals(layer.content)).toBe(true)
  })

  it('gets chunks no smaller than it asks for', async () => {
    const sizes: number[] = []
    const host = await registry()
    const asking = await before(host, ({ method, url, headers }, response) => {
      if (method === 'PATCH') sizes.push(Number(headers['content-length']))
      if (method !== 'POST') return false
      void fetch(`http://${host}${url}`, { method }).then((started) => {
        const location = started.headers.get('location')!.replace(host, asking)
        response.writeHead(202, { Location: location, 'OCI-Chunk-Min-Length': '200000' }).end()
      })
      return true
    })
    const layer = await makeLayer([{ path: 'random', content: random }], { level: 0 })
    const client = new RegistryClient(parseReference(`${asking}/acme/churn`), { chunk: 50_000 })
    expect(await client.putBlob(layer)).toBe('uploaded')
    expect(sizes).toEqual([200_000, layer.content.length - 200_000])
  })

  it('is given up after four tries, with its answer; a refusal is not tried again', async () => {
    let asked = 0
    const never = await before(await registry(), (_, response) => {
      asked++
      return busy(502, response)
    })
    const push = async (host: string) => pushImage([await image('one')], parseReference(`${host}/acme/churn:v1`))
    await expect(push(never)).rejects.toThrow(`The registry ${never} answered 502 to HEAD for acme/churn`)
    expect(asked).toBeGreaterThanOrEqual(4)
    asked = 0
    const closed = await before(await registry(), (_, response) => {
      asked++
      response.writeHead(403).end()
      return true
    })
    await expect(push(closed)).rejects.toThrow('does not let you write to acme/churn')
    expect(asked).toBe(1)
  })

  it('has no tag of a push that was killed, and the rest of it after the next', async () => {
    const host = await registry()
    let program: ReturnType<typeof spawn> | undefined
    let blobs = 0
    const watched = await before(host, ({ method }) => {
      if (method === 'PUT' && ++blobs === 2) program?.kill('SIGKILL')
      return false
    })
    const script = `
      import { makeImage, makeLayer, parseReference, pushImage } from '@mlwright/oci'
      const layers = await Promise.all(['a', 'b', 'c'].map((path) => makeLayer([{ path, content: Buffer.from(path) }])))
      const platform = { os: 'linux', architecture: 'amd64' }
      const options = { platform, entrypoint: ['/a'], environment: {}, user: '1:1', workingDirectory: '/', ports: [],
        labels: {}, created: '1970-01-01T00:00:00Z', history: ['a', 'b', 'c'] }
      console.log(JSON.stringify(await pushImage([makeImage(layers, options)], parseReference(process.argv[1]))))
    `
    const run = () => {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script, `${watched}/acme/churn:v1`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      program = child
      let text = ''
      child.stdout.on('data', (chunk) => (text += chunk))
      return new Promise<string>((resolve) => child.on('close', () => resolve(text)))
    }
    expect(await run()).toBe('')
    const client = new RegistryClient(parseReference(`${host}/acme/churn`), { readOnly: true })
    expect(await client.manifest('v1')).toBeNull()
    blobs = 2
    const pushed = JSON.parse(await run())
    expect(pushed.present + pushed.uploaded).toBe(4)
    expect(pushed.present).toBeGreaterThanOrEqual(1)
    expect((await client.manifest('v1'))?.digest).toBe(pushed.digest)
  })
})
