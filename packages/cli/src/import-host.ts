import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportHost } from '@mlwright/actions/import'
import { UserError } from '@mlwright/domain'
import type { Terminal } from './terminal.ts'

const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

/** Null, or another value, where there is no such file or folder. */
async function orElse<T, O>(read: Promise<T>, other: O): Promise<T | O> {
  try {
    return await read
  } catch (error) {
    if (absent.has((error as NodeJS.ErrnoException).code ?? '')) return other
    throw error
  }
}

/** As MLflow's own clients sign in: a token, or a name and password. */
function authorization(
  { MLFLOW_TRACKING_TOKEN, MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD }: Terminal['environment'],
  { username, password }: URL,
): string | null {
  if (MLFLOW_TRACKING_TOKEN) return `Bearer ${MLFLOW_TRACKING_TOKEN}`
  const [name, secret] = username
    ? [decodeURIComponent(username), decodeURIComponent(password)]
    : [MLFLOW_TRACKING_USERNAME, MLFLOW_TRACKING_PASSWORD]
  return name ? `Basic ${Buffer.from(`${name}:${secret ?? ''}`).toString('base64')}` : null
}

/** Folders of this machine, and servers through node's own fetch. */
export function importHost({ environment }: Pick<Terminal, 'environment'>): ImportHost {
  return {
    folder: (top) => ({
      list: (path) => orElse(readdir(join(top, path)), []),
      read: (path) => orElse(readFile(join(top, path), 'utf8'), null),
      bytes: (path) => orElse(readFile(join(top, path)), null),
    }),
    server(address) {
      const base = new URL(address)
      const credentials = authorization(environment, base)
      base.username = ''
      base.password = ''
      return async (path) => {
        const url = `${base.href.replace(/\/$/, '')}${path}`
        try {
          const answer = await fetch(url, {
            signal: AbortSignal.timeout(120_000),
            ...(credentials !== null && { headers: { authorization: credentials } }),
          })
          return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
        } catch (cause) {
          throw new UserError(
            'API_FAILED',
            `The server ${base.host} does not answer; correct \`--from\`, or start it.`,
            { cause },
          )
        }
      }
    },
  }
}
