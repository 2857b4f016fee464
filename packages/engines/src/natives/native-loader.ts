import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from '@mlwright/domain'
import type { NativeLoader, Natives } from './natives.ts'

export interface NativeLoaderOptions {
  /** Folder that holds a `node_modules` with the natives (`MLWRIGHT_NATIVES`); it comes first. */
  readonly folder?: string | undefined
  /** A file of the action or program itself, as URL or path; its own `node_modules` come second. */
  readonly own?: string | undefined
}

/** Loads natives from the first place that has them. Throws `UserError` NATIVES_MISSING. */
export function nativeLoader(options: NativeLoaderOptions): NativeLoader {
  const loaded = new Map<string, unknown>()
  return async (name) => {
    const known = loaded.get(name)
    if (known !== undefined) return known as Natives[typeof name]
    const places = [options.folder && join(options.folder, 'natives.js'), options.own].filter((place) => !!place)
    const failures: string[] = []
    for (const place of places) {
      try {
        const module: unknown = createRequire(place as string)(name)
        loaded.set(name, module)
        return module as Natives[typeof name]
      } catch (error) {
        failures.push((error instanceof Error ? error.message : String(error)).split('\n')[0]!)
      }
    }
    throw new UserError(
      'NATIVES_MISSING',
      `${name} cannot be loaded (${failures.join('; ') || 'no place to look in'}); install it with \`npm install ${name}\` and point MLWRIGHT_NATIVES at that folder.`,
    )
  }
}
