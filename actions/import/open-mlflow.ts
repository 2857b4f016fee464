import { basename, resolve } from 'node:path'
import { UserError } from '@mlwright/domain'
import {
  type FetchBytes,
  type MlflowArtifacts,
  type MlflowSource,
  mlflowFolder,
  mlflowFolderArtifacts,
  mlflowServer,
  mlflowServerArtifacts,
} from '@mlwright/registry'
import type { ImportHost } from './import-host.ts'

export interface Mlflow {
  readonly source: MlflowSource
  readonly artifacts: MlflowArtifacts
}

/** JSON of a server's answer; null for a 404. */
async function fetchJson(fetchBytes: FetchBytes, address: string, path: string): Promise<unknown> {
  const { status, bytes } = await fetchBytes(path)
  if (status === 404) return null
  if (status === 401 || status === 403)
    throw new UserError(
      'PERMISSION_MISSING',
      `The MLflow server ${address} refuses to answer (${status}); set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN.`,
    )
  try {
    if (status === 200) return JSON.parse(new TextDecoder().decode(bytes))
  } catch {}
  throw new UserError(
    'API_FAILED',
    `${address} does not answer as an MLflow server does (status ${status}); correct \`--from\`.`,
  )
}

/** The folder that holds the registry: the one that is named, or its `mlruns`. */
async function openFolder(host: ImportHost, path: string, from: string): Promise<Mlflow> {
  for (const candidate of [path, resolve(path, 'mlruns')]) {
    const folder = host.folder(candidate)
    if ((await folder.list('')).includes('models'))
      return { source: mlflowFolder(folder), artifacts: mlflowFolderArtifacts(folder) }
  }
  const names = await host.folder(path).list('')
  if (names.includes('mlflow.db') || /\.(db|sqlite3?)$/.test(basename(path)))
    throw new UserError(
      'INPUT_INVALID',
      `The registry of ${from} is in a database; start \`mlflow server\` on it and give its address with \`--from\`.`,
    )
  throw new UserError(
    'FILE_MISSING',
    `${from} is no folder mlruns with a registry: it has no folder \`models\`. Name the folder, or the address of an MLflow server.`,
  )
}

/** Opens what `from` names: an MLflow server's address, or a folder. */
export async function openMlflow(host: ImportHost, from: string, here: string): Promise<Mlflow> {
  if (!/^https?:\/\//.test(from)) return openFolder(host, resolve(here, from.replace(/^file:\/\//, '')), from)
  if (!URL.canParse(from))
    throw new UserError('INPUT_INVALID', `${from} is no address; write it as http://127.0.0.1:5000.`)
  const address = from.replace(/\/+$/, '')
  const fetchBytes = host.server(address)
  return {
    source: mlflowServer((path) => fetchJson(fetchBytes, address, path)),
    artifacts: mlflowServerArtifacts(fetchBytes),
  }
}
