import { type Contract, dataDigest } from '@mlwright/data'
import { type Config, type Files, type Model, nearest, UserError, type WorkingCopy } from '@mlwright/domain'

export interface DataFile {
  readonly path: string
  readonly absolute: string
  readonly oid: string
}

/** Schemas are made when there is something to read: they take as long as everything else that an action starts with. */
const parsers = () => import('./parsers.ts')

function text(bytes: Uint8Array, path: string, code: 'CONFIG_INVALID' | 'CONTRACT_INVALID'): string {
  try {
    if (!bytes.includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {}
  throw new UserError(code, `${path} is not UTF-8; save it with that encoding.`)
}

/** Reads and checks `mlwright.yml`. */
export async function readConfig(files: Pick<Files, 'read'>, path: string): Promise<Config> {
  const bytes = await files.read(path)
  if (bytes) return (await parsers()).parseConfig(text(bytes, path, 'CONFIG_INVALID'), path)
  throw new UserError(
    'FILE_MISSING',
    `There is no ${path} here; write one with \`npx mlwright init\`, or name it with the input \`config\`.`,
  )
}

/** Reads and checks an ODCS contract. */
export async function readContract(files: Pick<Files, 'read'>, path: string, dataset: string): Promise<Contract> {
  const bytes = await files.read(path)
  if (bytes) return (await parsers()).parseContract(text(bytes, path, 'CONTRACT_INVALID'), path, dataset)
  throw new UserError('FILE_MISSING', `There is no contract at ${path}; correct the path, or leave the contract out.`)
}

/** The files of a data source with the git object ids of their content, in the order of their paths. */
export async function dataFiles(copy: Pick<WorkingCopy, 'files' | 'git'>, source: string): Promise<DataFile[]> {
  const paths = await copy.files.glob(source)
  if (paths.length === 0) {
    const folder = (await copy.files.glob(`${source}/*`)).length > 0
    throw new UserError(
      'FILE_MISSING',
      folder
        ? `${source} is a folder; name its data files, such as ${source}/*.csv.`
        : `No data file matches ${source}; correct the path, or fetch the data first.`,
    )
  }
  const oids = await copy.git.blobs(paths)
  return paths.map((path, index) => ({ path, absolute: copy.files.absolute(path), oid: oids[index]! }))
}

/** The digest of a data source's files. */
export function digestOf(files: readonly DataFile[]): string {
  return dataDigest(files.map((file) => file.oid))
}

/** The models that a step works on: the one that is named, else all. */
export function chooseModels(config: Config, name: string | undefined): [string, Model][] {
  const all = Object.entries(config.models)
  if (name === undefined) return all
  const model = config.models[name]
  if (model) return [[name, model]]
  const near = nearest(name, Object.keys(config.models))
  const hint = near ? `did you mean ${near}?` : `models here: ${Object.keys(config.models).join(', ') || 'none'}.`
  throw new UserError('INPUT_INVALID', `mlwright.yml has no model ${name}; ${hint}`)
}

/** The first stage of the configuration, for which a new version is proposed. */
export function firstStage(config: Config): string {
  return Object.keys(config.registry.stages)[0] ?? 'production'
}
