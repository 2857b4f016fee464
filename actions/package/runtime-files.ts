import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from '@mlwright/domain'
import type { LayerFile } from '@mlwright/oci'
import { folderFiles } from './folder-files.ts'

/** Node with its libraries, and onnxruntime, as this process has loaded them. */
export interface RuntimeFiles {
  readonly node: readonly LayerFile[]
  readonly onnxruntime: readonly LayerFile[]
  readonly onnxruntimeVersion: string
}

const binding = /^(.*[\\/]onnxruntime-node)[\\/]bin[\\/].*\.node$/
const system = /^\/(usr\/)?lib(32|64)?\//

/** People of the image: nobody but the server. */
const passwd = 'root:x:0:0:root:/:/sbin/nologin\nserve:x:65532:65532:serve:/:/sbin/nologin\n'

/**
 * Finds what a container needs of this machine among the libraries that are loaded, so a model has to be open.
 * Throws `UserError` INPUT_INVALID on other systems than Linux.
 */
export async function runtimeFiles(): Promise<RuntimeFiles> {
  if (process.platform !== 'linux')
    throw new UserError(
      'INPUT_INVALID',
      `An image is made of this machine's own Node.js, and this is ${process.platform}; use Linux.`,
    )
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  const folder = sharedObjects.map((path) => binding.exec(path)?.[1]).find((found) => found !== undefined)
  if (folder === undefined) throw new Error('onnxruntime is not loaded.')
  const read = async (path: string, target: string, mode: number): Promise<LayerFile> => ({
    path: target,
    content: await readFile(path),
    mode,
  })
  const libraries = sharedObjects.filter((path) => system.test(path))
  const node = await Promise.all([
    read(process.execPath, 'usr/bin/node', 0o755),
    ...libraries.map((path) => read(path, path.slice(1), 0o755)),
  ])
  const common = join(createRequire(join(folder, 'package.json')).resolve('onnxruntime-common'), '../../..')
  const own = `bin/napi-v6/${process.platform}/${process.arch}/`
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return {
    node: [...node, { path: 'etc/passwd', content: Buffer.from(passwd) }],
    onnxruntime: [
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
    ],
    onnxruntimeVersion: version,
  }
}
