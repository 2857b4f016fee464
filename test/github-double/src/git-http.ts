import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { State } from './state.ts'

/** Whether a path is one of git's own protocol, `/OWNER/NAME.git/info/refs` and so on. */
export function isGitPath(path: string, { owner, name }: State): boolean {
  return [`/${owner}/${name}/`, `/${owner}/${name}.git/`].some((start) => path.startsWith(start))
}

/** Serves clone, fetch and push through `git http-backend`; every push is allowed. */
export function gitHttp(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: Buffer,
  state: State,
): void {
  const { headers, method } = request
  const backend = spawn('git', ['-c', 'http.receivepack=true', 'http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: state.git.folder,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: `/${url.pathname.split('/').slice(3).join('/')}`,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: method,
      CONTENT_TYPE: headers['content-type'] ?? '',
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      REMOTE_USER: 'github',
    },
  })
  const chunks: Buffer[] = []
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  backend.stdin.on('error', () => {})
  backend.stdin.end(body)
  backend.on('close', () => {
    const output = Buffer.concat(chunks)
    const end = output.indexOf('\r\n\r\n')
    for (const line of output.subarray(0, Math.max(0, end)).toString().split('\r\n')) {
      const [name = '', value = ''] = line.split(/: (.*)/)
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10)
      else if (name) response.setHeader(name, value)
    }
    response.end(output.subarray(end + 4))
  })
}
