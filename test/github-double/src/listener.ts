import type { IncomingMessage, ServerResponse } from 'node:http'
import { blobService } from './blob-service.ts'
import { control } from './control.ts'
import type { Faults, WrongAnswer } from './faults.ts'
import { gitHttp, isGitPath } from './git-http.ts'
import { HttpProblem, missing } from './http-problem.ts'
import { respond } from './respond.ts'
import { resultsService } from './results-service.ts'
import type { Answer } from './route.ts'
import { breakUpload } from './routes/release-assets.ts'
import type { GitHubDouble } from './start-github.ts'
import type { State } from './state.ts'

type Sent = Answer & { readonly bytes?: Uint8Array }

/** Answers everything that is sent to the double's one address: `/twirp/…`, `/blobs/…`, `/_double/…`, git's own protocol, and the API at its root. */
export function listener(state: State, faults: Faults, complaints: string[], double: () => GitHubDouble) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', state.url)
    const method = request.method ?? 'GET'
    const logged = { method, path: url.pathname + url.search, status: 0 }
    state.requests.push(logged)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    if (isGitPath(url.pathname, state)) return gitHttp(request, response, url, body, state)
    if (url.pathname.startsWith('/_double/')) {
      const asked = control(url.pathname.slice('/_double/'.length), json(body), double())
      return send(response, await asked.catch(problem))
    }
    const fault = faults.take(method, url.pathname)
    if (fault && 'close' in fault && fault.close === 'before') return void request.socket.destroy()
    if (fault && 'status' in fault && fault.status >= 500) breakUpload(url, state)
    const answer: Sent =
      fault && 'status' in fault
        ? faultAnswer(fault)
        : await answerTo(request, url, body, state, complaints).catch((error: unknown) => problem(error))
    if (fault && 'close' in fault) return void request.socket.destroy()
    logged.status = answer.status
    send(response, answer)
  }
}

async function answerTo(
  request: IncomingMessage,
  url: URL,
  bytes: Buffer,
  state: State,
  complaints: string[],
): Promise<Sent> {
  const { method = 'GET', headers } = request
  const authorization = headers.authorization ?? ''
  const [, area, ...rest] = url.pathname.split('/')
  if (area === 'blobs') {
    const range = headers['x-ms-range']?.toString() ?? headers.range
    return blobService({ method, name: rest.join('/'), query: url.searchParams, range, body: bytes }, state)
  }
  if (area === 'uploads') {
    url.pathname = `/${rest.join('/')}`
    return respond({ method, url, authorization, accept: headers.accept ?? '', body: bytes }, state, complaints)
  }
  if (method === 'POST' && /\/releases\/\d+\/assets$/.test(url.pathname)) throw missing()
  const body = json(bytes)
  if (area === 'twirp') {
    const name = rest.join('/').replace(/^github\.actions\.results\.api\.v1\./, '')
    return { status: 200, body: resultsService(name, body, authorization, state) }
  }
  return respond({ method, url, authorization, accept: headers.accept ?? '', body }, state, complaints)
}

function faultAnswer({ status, message = 'Server Error', headers = {}, body }: WrongAnswer): Answer {
  return body === undefined ? problem(new HttpProblem(status, message, { headers })) : { status, headers, body }
}

function json(bytes: Buffer): unknown {
  return bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined
}

function problem(error: unknown): Answer {
  if (!(error instanceof HttpProblem)) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { status: 500, body: { message: `The double broke: ${message}` } }
  }
  const { status, message, headers, errors } = error
  const documentation_url = 'https://docs.github.com/rest'
  const details = errors.length > 0 ? { errors } : {}
  return { status, headers, body: { message, msg: message, ...details, documentation_url, status: String(status) } }
}

function send(response: ServerResponse, { status, body, text, bytes, headers }: Sent): void {
  if (body !== undefined) response.setHeader('content-type', 'application/json; charset=utf-8')
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value)
  response.statusCode = status
  response.end(bytes ?? text ?? (body === undefined ? undefined : JSON.stringify(body)))
}
