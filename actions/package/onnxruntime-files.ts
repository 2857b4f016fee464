import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { NativePackages } from '@mlwright/domain'
import type { LayerFile, Platform } from '@mlwright/oci'
import { folderFiles } from './folder-files.ts'

const architectures: Readonly<Record<string, string>> = { amd64: 'x64', arm64: 'arm64' }

/** onnxruntime as a program on a platform of Linux needs it. Throws `UserError` NATIVES_MISSING. */
export async function onnxruntimeFiles(
  natives: NativePackages,
  { architecture }: Platform,
): Promise<{ readonly files: LayerFile[]; readonly version: string }> {
  const processor = architectures[architecture] ?? architecture
  const folder = await natives.onnxruntime(processor)
  const common = join(createRequire(join(folder, 'package.json')).resolve('onnxruntime-common'), '../../..')
  const own = `bin/napi-v6/linux/${processor}/`
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const files = [
    ...(await folderFiles(
      folder,
      'app/node_modules/onnxruntime-node',
      (path) => path === 'package.json' || /^dist\/.*\.js$/.test(path) || path.startsWith(own),
    )),
    ...(await folderFiles(
      common,
      'app/node_modules/onnxruntime-common',
      (path) => path === 'package.json' || /^dist\/cjs\/.*\.(js|json)$/.test(path),
    )),
  ]
  return { files, version }
}
