import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type NativePackages, UserError } from '@mlwright/domain'
import { cachedFolder, type NativeLoaderOptions } from './native-loader.ts'

/** Finds natives as files, where `nativeLoader` would load them from, also those of another Linux. Throws `UserError` NATIVES_MISSING. */
export function nativePackages(options: NativeLoaderOptions): NativePackages {
  const { folder, own } = options
  const places = [folder && join(folder, 'natives.js'), own].filter((place) => place !== undefined && place !== '')
  return {
    async onnxruntime(architecture) {
      const found = (place: string) => {
        const root = dirname(createRequire(place).resolve('onnxruntime-node/package.json'))
        return existsSync(join(root, 'bin/napi-v6/linux', architecture, 'onnxruntime_binding.node')) ? root : null
      }
      for (const place of places)
        try {
          const root = found(place!)
          if (root) return root
        } catch {
          // It has no onnxruntime at all; the next place may.
        }
      try {
        const cached = await cachedFolder(options, 'onnxruntime', `linux-${architecture}`)
        const root = found(join(cached, 'natives.js'))
        if (root) return root
        throw new Error('the list of natives names no such files')
      } catch (error) {
        throw new UserError(
          'NATIVES_MISSING',
          `onnxruntime for linux-${architecture} is not on this machine (${(error as Error).message}); run \`npm install onnxruntime-node\` in a folder of its own and set MLWRIGHT_NATIVES to that folder.`,
          { cause: error },
        )
      }
    },
  }
}
