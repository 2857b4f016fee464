import { UserError } from '@mlwright/domain'
import type { TextFolder } from './mlflow-folder.ts'

/** A version in MLflow, as its files are asked for. */
export interface MlflowVersionFiles {
  /** The model's name in MLflow. */
  readonly name: string
  /** MLflow's number. */
  readonly version: number
  readonly source: string
}

/** The files of MLflow's versions; null where there is no such file. */
export interface MlflowArtifacts {
  read(version: MlflowVersionFiles, path: string): Promise<Uint8Array | null>
}

/** A folder on disk whose files are also read as bytes. */
export interface ByteFolder extends TextFolder {
  bytes(path: string): Promise<Uint8Array | null>
}

/** A name or path that stays inside, wherever it came from. */
const inside = (path: string) =>
  path !== '' && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

/** Where the source of a version lies below the folder: the place of a logged model, or a run's artifacts, wherever the folder was when it was written. */
async function placeOf(folder: ByteFolder, source: string): Promise<string | null> {
  const logged = /(?:^models:\/|\/models\/)(m-[0-9a-f]+)(?:\/artifacts\/?)?$/.exec(source)?.[1]
  if (logged) {
    for (const experiment of (await folder.list('')).filter((name) => /^\d+$/.test(name)))
      if ((await folder.list(`${experiment}/models`)).includes(logged))
        return `${experiment}/models/${logged}/artifacts`
    return null
  }
  const ofRun = /(?:^|\/)([^/]+\/[^/]+\/artifacts(?:\/.+?)?)\/?$/.exec(source)?.[1]
  return ofRun && inside(ofRun) ? ofRun : null
}

/** The files in a folder `mlruns`. */
export function mlflowFolderArtifacts(folder: ByteFolder): MlflowArtifacts {
  return {
    async read({ source }, path) {
      const place = await placeOf(folder, source)
      return place === null || !inside(path) ? null : folder.bytes(`${place}/${path}`)
    },
  }
}

/** Fetches bytes by a path below the server's address, with the status of the answer. */
export type FetchBytes = (path: string) => Promise<{ readonly status: number; readonly bytes: Uint8Array }>

/** The files that an MLflow server hands out itself; those of a store that only clients reach are not there. */
export function mlflowServerArtifacts(fetchBytes: FetchBytes): MlflowArtifacts {
  return {
    async read({ name, version }, path) {
      const query = new URLSearchParams({ name, version: String(version), path })
      const { status, bytes } = await fetchBytes(`/model-versions/get-artifact?${query}`)
      if (status === 401 || status === 403)
        throw new UserError(
          'PERMISSION_MISSING',
          `The MLflow server refuses to hand out the files of ${name} (${status}).`,
        )
      return status === 200 ? bytes : null
    },
  }
}
