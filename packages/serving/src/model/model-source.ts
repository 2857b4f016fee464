import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { nearest, RequestRules, UserError } from '@mlwright/domain'

/** Where versions of a model come from: a file, a folder, the registry. */
export interface ModelSource {
  /** The versions that can be served, the newest last. */
  versions(): Promise<string[]>
  /** The file of a version. Throws `UserError` FILE_MISSING. */
  read(version: string): Promise<Uint8Array>
  /** The contract's rules for a version's requests, where there are any. Throws `UserError` CONTRACT_INVALID. */
  rules?(version: string): Promise<RequestRules | null>
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare

/** Rules that `package` has left beside a model: `v1.rules.json` beside `v1.onnx`. */
async function rulesBeside(model: string): Promise<RequestRules | null> {
  const path = `${model.replace(/\.onnx$/, '')}.rules.json`
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return RequestRules.parse(JSON.parse(text))
  } catch (error) {
    throw new UserError('CONTRACT_INVALID', `${path} does not hold the rules of a contract; write it anew.`, {
      cause: error,
    })
  }
}

/** One file, under the name that it is served as. */
export function fileSource(path: string, version: string): ModelSource {
  return {
    versions: async () => [version],
    async read(asked) {
      if (asked !== version)
        throw new UserError(
          'FILE_MISSING',
          `There is no version ${asked}: one file is served, ${path} as ${version}; serve a folder of versions to have more.`,
        )
      return readFile(path)
    },
    rules: () => rulesBeside(path),
  }
}

/** A folder of versions: `<version>.onnx`, or `<version>/model.onnx`. */
export function folderSource(folder: string): ModelSource {
  async function found(): Promise<Map<string, string>> {
    const entries = await readdir(folder, { withFileTypes: true })
    const paths = new Map<string, string>()
    for (const entry of entries)
      if (entry.name.endsWith('.onnx')) paths.set(basename(entry.name, '.onnx'), join(folder, entry.name))
      else if (entry.isDirectory()) {
        const path = join(folder, entry.name, 'model.onnx')
        if (await stat(path).catch(() => null)) paths.set(entry.name, path)
      }
    return new Map([...paths].sort(([a], [b]) => byNumber(a, b)))
  }
  return {
    versions: async () => [...(await found()).keys()],
    async read(version) {
      const paths = await found()
      const path = paths.get(version)
      if (path) return readFile(path)
      const near = nearest(version, paths.keys())
      const hint = near ? `did you mean ${near}?` : `there are ${[...paths.keys()].join(', ') || 'none'}.`
      throw new UserError('FILE_MISSING', `There is no version ${version} in ${folder}; ${hint}`)
    },
    async rules(version) {
      const path = (await found()).get(version)
      return path === undefined ? null : rulesBeside(path)
    },
  }
}
