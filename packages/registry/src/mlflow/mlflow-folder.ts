import { parseYaml, UserError } from '@mlwright/domain'
import { type MlflowRecord, mlflowNumber, mlflowRecord, mlflowVersion } from './mlflow-record.ts'
import type { MlflowModel, MlflowSource, MlflowVersion } from './mlflow-source.ts'

/** A folder on disk: paths are relative to it, with `/`. */
export interface TextFolder {
  /** Names of the files and folders in a folder; empty where there is no such folder. */
  list(path: string): Promise<readonly string[]>
  /** Null where there is no such file. */
  read(path: string): Promise<string | null>
}

/** A folder that MLflow names after a run or an experiment, which leads nowhere else. */
const isName = (name: string) => /^[A-Za-z0-9][\w-]*$/.test(name)

async function readMeta(folder: TextFolder, path: string): Promise<MlflowRecord | null> {
  const text = await folder.read(path)
  if (text === null) return null
  const { value, problems } = parseYaml(text, path)
  if (problems.length > 0) throw new UserError('RECORD_INVALID', `${path}: ${problems[0]!.message}`)
  return mlflowRecord(value, path)
}

async function readVersions(folder: TextFolder, path: string): Promise<MlflowVersion[]> {
  const names = (await folder.list(path)).filter((name) => /^version-\d+$/.test(name))
  const versions = await Promise.all(
    names.map(async (name) => {
      const where = `${path}/${name}/meta.yaml`
      const meta = await readMeta(folder, where)
      return meta === null || meta.current_stage === 'Deleted_Internal' ? [] : [mlflowVersion(meta, where)]
    }),
  )
  return versions.flat()
}

async function readAliases(folder: TextFolder, path: string): Promise<Map<string, number>> {
  const names = await folder.list(`${path}/aliases`)
  const aliases = names.map(async (name) => {
    const where = `${path}/aliases/${name}`
    return [name, mlflowNumber((await folder.read(where))?.trim(), where)] as const
  })
  return new Map(await Promise.all(aliases))
}

async function readModel(folder: TextFolder, path: string): Promise<MlflowModel[]> {
  const meta = await readMeta(folder, `${path}/meta.yaml`)
  const prompt = await folder.read(`${path}/tags/mlflow.prompt.is_prompt`)
  if (meta === null || prompt?.trim() === 'true') return []
  const name = typeof meta.name === 'string' ? meta.name : path.slice('models/'.length)
  return [{ name, aliases: await readAliases(folder, path), versions: await readVersions(folder, path) }]
}

/** The registry in a folder `mlruns`, as MLflow's file store keeps it; prompts are no models. */
export function mlflowFolder(folder: TextFolder): MlflowSource {
  return {
    async models() {
      const names = (await folder.list('models')).filter((name) => name !== '.trash')
      return (await Promise.all(names.map((name) => readModel(folder, `models/${name}`)))).flat()
    },
    async commit(run) {
      if (!isName(run)) return null
      for (const experiment of (await folder.list('')).filter(isName)) {
        const commit = await folder.read(`${experiment}/${run}/tags/mlflow.source.git.commit`)
        if (commit !== null) return commit.trim()
      }
      return null
    },
  }
}
