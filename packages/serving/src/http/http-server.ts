import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { UserError } from '@mlwright/domain'
import type { ServingMetrics } from '../metrics/serving-metrics.ts'
import type { ApiKeys } from './api-keys.ts'
import { badRequest, HttpError } from './http-error.ts'
import { json, type Reply } from './reply.ts'
import { readBody } from './request-body.ts'
import type { Route } from './route.ts'
import { router } from './router.ts'
import { within } from './within.ts'

export interface HttpServerOptions {
  readonly routes: readonly Route[]
  readonly metrics: ServingMetrics
  /** Null lets everybody in. */
  readonly keys: ApiKeys | null
  /** Null closes what only administrators may do. */
  readonly adminKeys: ApiKeys | null
  /** Most bytes of a body, also once decompressed. */
  readonly bodyLimit: number
  /** Told of errors that are bugs. */
  onBug(error: unknown): void
}

/** Milliseconds without a new connection after which nobody is expected any more. */
const quiet = 250
/** Milliseconds that a client may go on with a body after its answer. */
const longest = 5000
const securityHeaders = { 'X-Content-Type-Options': 'nosniff' } as const

function failure(error: unknown, onBug: (error: unknown) => void): Reply {
  const body = (message: string) => JSON.stringify({ error: message })
  if (error instanceof HttpError) return { status: error.status, headers: error.headers, body: body(error.message) }
  if (error instanceof UserError) return { status: 400, body: body(error.message) }
  onBug(error)
  return { status: 500, body: body('The server met an error of its own; its log says which.') }
}

/**
 * Reads what is left of a body that nobody wants: a connection that is closed while its client still writes loses the
 * answer. Whoever goes on for longer is cut off.
 */
function pass(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), longest).unref()
  request.once('end', () => clearTimeout(timer))
  request.resume()
}

/** The HTTP side: routes, keys, limits and a shutdown that loses no request. */
export function httpServer(options: HttpServerOptions): {
  readonly server: Server
  stop(seconds: number): Promise<void>
} {
  const { routes, metrics, keys, adminKeys, onBug, bodyLimit } = options
  const find = router(routes)
  let closing = false
  let lastConnection = 0
  const sockets = new Set<Socket>()

  function caller(access: Route['access'], request: IncomingMessage): string | null {
    if (access === 'open') return null
    if (access === 'key') return keys?.check(request) ?? null
    if (adminKeys) return adminKeys.check(request)
    throw new HttpError(403, 'Changes are closed here; start the server with a file of administrators\u2019 keys.')
  }

  function send(request: IncomingMessage, response: ServerResponse, reply: Reply): number {
    const { status = 200, body } = reply
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
    if (response.headersSent || response.destroyed) return status
    response.writeHead(status, {
      'Content-Type': reply.type ?? json,
      'Content-Length': length,
      ...securityHeaders,
      ...(closing && { Connection: 'close' }),
      ...reply.headers,
    })
    response.end(request.method === 'HEAD' ? undefined : body)
    return status
  }

  async function answer(request: IncomingMessage): Promise<{ readonly name: string; readonly reply: Reply }> {
    let name = 'none'
    try {
      if (request.headers.host === undefined && request.httpVersion === '1.1')
        throw badRequest('The request has no header Host, which HTTP/1.1 requires.')
      const url = request.url ?? '/'
      const query = url.indexOf('?')
      const { route, params } = find(request.method ?? 'GET', query < 0 ? url : url.slice(0, query))
      name = route.name
      const reply = await route.handle({
        request,
        params,
        header(header) {
          const value = request.headers[header]
          return Array.isArray(value) ? value[0] : value
        },
        body: () => readBody(request, bodyLimit),
        caller: caller(route.access, request),
      })
      return { name, reply }
    } catch (error) {
      return { name, reply: failure(error, onBug) }
    }
  }

  const server = createServer(
    {
      keepAliveTimeout: 75_000,
      headersTimeout: 20_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 2_000,
      noDelay: true,
      // Node would refuse without a sentence.
      requireHostHeader: false,
    },
    (request, response) => {
      void answer(request).then(({ name, reply }) => {
        const status = send(request, response, reply)
        metrics.requests.add([name, reply.headers?.['X-Model-Version'] ?? '', String(status)])
        if (!request.complete) pass(request)
      })
    },
  )
  server.on('checkExpectation', (request, response) => {
    const error = new HttpError(417, 'The header Expect may only be 100-continue.', { Connection: 'close' })
    send(request, response, failure(error, onBug))
  })
  server.on('connection', (socket) => {
    lastConnection = performance.now()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    const large = error.code === 'HPE_HEADER_OVERFLOW'
    const status = late ? '408 Request Timeout' : large ? '431 Request Header Fields Too Large' : '400 Bad Request'
    const wrong = large ? 'The headers of the request are too large.' : 'The request is not HTTP/1.1.'
    const body = JSON.stringify({ error: late ? 'The request did not arrive in time.' : wrong })
    socket.end(
      `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: ${json}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  })

  /**
   * Goes on listening until no new connection has come for a moment; kept connections are told to close only after that,
   * so that whoever comes back is refused and nobody is cut off. Connections that stay silent are ended last. At most
   * `seconds` altogether.
   */
  async function stop(seconds: number): Promise<void> {
    const started = performance.now()
    const left = () => started + seconds * 1000 - performance.now()
    lastConnection = Math.max(lastConnection, started)
    while (left() > seconds * 600 && performance.now() - lastConnection < quiet)
      await new Promise((resolve) => setTimeout(resolve, 25))
    // Directly after the loop has accepted what was waiting, so that nobody stands in the kernel's queue.
    await new Promise((resolve) => setImmediate(resolve))
    // The HTTP server's own `close` would also end kept connections, on which a request may be under way.
    const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve))
    closing = true
    await within(performance.now() + Math.min(500, left()), closed)
    server.closeIdleConnections()
    await within(started + seconds * 1000, closed)
    server.closeAllConnections()
    await closed
  }
  return { server, stop }
}
