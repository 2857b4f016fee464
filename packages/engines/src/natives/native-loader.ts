import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from '@mlwright/domain'
import { downloadNatives } from './download-natives.ts'
import type { NativeLoader, Natives } from './natives.ts'
import { groupOf, type NativeGroup, type NativesLock, nativePlatform } from './natives-lock.ts'
import { oneFile } from './one-file.ts'
import { verifyNatives } from './verify-natives.ts'

export interface NativeLoaderOptions {
  /** Folder that holds a `node_modules` with the natives (`MLWRIGHT_NATIVES`); it comes first. */
  readonly folder?: string | undefined
  /** A file of the action or program itself, as URL or path; its own `node_modules` come second. */
  readonly own?: string | undefined
  /** Where natives are kept from run to run, such as the runner's tool cache; it comes third, and downloads go there. */
  readonly toolCache?: string | undefined
  /** What a release is made of; without it the tool cache is not used, since nothing tells what may be loaded from it. */
  readonly lock?: (() => Promise<NativesLock | null>) | undefined
  /** The npm registry of the machine's configuration; else the lock's. */
  readonly registry?: string | undefined
}

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]!

/** The checked folder of a platform in the tool cache, filled from the registry where it is missing or was changed. */
export async function cachedFolder(
  options: Pick<NativeLoaderOptions, 'lock' | 'toolCache' | 'registry'>,
  group: NativeGroup,
  platform: string,
): Promise<string> {
  const lock = await options.lock?.()
  if (!lock || options.toolCache === undefined) throw new Error('this program was built without a list of natives')
  const packages = lock.platforms[platform]?.[group]
  if (!packages) throw new Error(`there are no natives for ${platform}`)
  const digest = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 16)
  const folder = join(options.toolCache, 'mlwright-natives', `${group}-${platform}-${digest}`)
  const problem = await verifyNatives(join(folder, 'node_modules'), packages)
  if (problem === null) return folder
  const registry = options.registry ?? lock.registry
  if (registry === undefined) throw new Error(`${problem} in ${folder}, and no npm registry is configured`)
  await downloadNatives(folder, packages, registry)
  return folder
}

/** Loads natives from the first place that has them, each at its first use. Throws `UserError` NATIVES_MISSING. */
export function nativeLoader(options: NativeLoaderOptions): NativeLoader {
  const folders = new Map<string, Promise<string>>()
  const places: ((name: string) => Promise<string>)[] = []
  const { folder, own } = options
  if (folder) places.push(async () => join(folder, 'natives.js'))
  if (own) places.push(async () => own)
  if (options.toolCache)
    places.push(async (name) => {
      const group = groupOf(name)
      const found = folders.get(group) ?? cachedFolder(options, group, nativePlatform())
      folders.set(group, found)
      return join(await found, 'natives.js')
    })

  const find = async (name: string): Promise<unknown> => {
    const failures: string[] = []
    for (const place of places) {
      try {
        const require = createRequire(await place(name))
        const api = own && name === '@duckdb/node-api' && oneFile(own, name, '@duckdb/node-bindings', require)
        return api || require(name)
      } catch (error) {
        failures.push(firstLine(error))
      }
    }
    throw new UserError(
      'NATIVES_MISSING',
      `${name} cannot be loaded (${failures.join('; ') || 'no place to look in'}); run \`npm install @duckdb/node-api onnxruntime-node\` in a folder of its own and set MLWRIGHT_NATIVES to that folder.`,
    )
  }
  const loaded = new Map<string, Promise<unknown>>()
  return async (name) => {
    const module = loaded.get(name) ?? find(name)
    loaded.set(name, module)
    return module as Promise<Natives[typeof name]>
  }
}
