import { readFile } from 'node:fs/promises'
import { UserError } from '@mlwright/domain'
import type { LayerFile, Platform } from '@mlwright/oci'

const system = /^\/(usr\/)?lib(32|64)?\//
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** People of the image: nobody but the server. */
const passwd = 'root:x:0:0:root:/:/sbin/nologin\nserve:x:65532:65532:serve:/:/sbin/nologin\n'

/** The platform of images that are made of this machine's own Node.js. */
export const localPlatform = (): Platform => ({
  os: 'linux',
  architecture: architectures[process.arch] ?? process.arch,
})

/**
 * Node.js with its libraries, and those that onnxruntime has loaded: a model has to be open. Throws `UserError`
 * INPUT_INVALID on other systems than Linux.
 */
export async function localNode(): Promise<LayerFile[]> {
  if (process.platform !== 'linux')
    throw new UserError(
      'INPUT_INVALID',
      `An image is made of this machine's own Node.js, and this is ${process.platform}; use Linux, or name a published Node.js image with \`base\`.`,
    )
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] }
  const read = async (path: string, target: string): Promise<LayerFile> => ({
    path: target,
    content: await readFile(path),
    mode: 0o755,
  })
  return [
    await read(process.execPath, 'usr/bin/node'),
    ...(await Promise.all(sharedObjects.filter((path) => system.test(path)).map((path) => read(path, path.slice(1))))),
    { path: 'etc/passwd', content: Buffer.from(passwd) },
  ]
}
