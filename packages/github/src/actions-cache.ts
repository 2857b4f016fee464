import { isAbsolute, relative, sep } from 'node:path'
import type { Cache } from '@mlwright/domain'

/** The cache of GitHub Actions. Its client reads the environment itself; where there is no cache service nothing is kept. */
export class ActionsCache implements Cache {
  readonly #workspace: string

  constructor(workspace: string) {
    this.#workspace = workspace
  }

  /** A key whose beginning alone is known to the service is no hit. */
  async restore(key: string, folder: string): Promise<boolean> {
    const cache = await import('@actions/cache')
    if (!cache.isFeatureAvailable()) return false
    const paths = [this.#path(folder)]
    if ((await cache.restoreCache(paths, key, [], { lookupOnly: true })) !== key) return false
    return (await cache.restoreCache(paths, key)) === key
  }

  async save(key: string, folder: string): Promise<void> {
    const cache = await import('@actions/cache')
    if (cache.isFeatureAvailable()) await cache.saveCache([this.#path(folder)], key)
  }

  /** Relative to the workspace, since the path enters the cache's version and differs between machines. */
  #path(folder: string): string {
    const path = isAbsolute(folder) ? relative(this.#workspace, folder) : folder
    return path.split(sep).join('/')
  }
}
