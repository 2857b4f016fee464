import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Ports, UserError } from '@mlwright/domain'
import { RegistryClient } from '@mlwright/oci'
import { dockerfile } from './dockerfile.ts'
import { imageParts, imageSettings } from './image-parts.ts'
import type { WantedImage } from './wanted-image.ts'

const run = promisify(execFile)
const context = '.mlwright/image'

/** Runs Docker. Throws `UserError` INPUT_INVALID with its last lines where it fails. */
async function docker(argv: readonly string[]): Promise<string> {
  try {
    return (await run('docker', argv, { maxBuffer: 2 ** 26 })).stdout
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string }
    if (code === 'ENOENT')
      throw new UserError('INPUT_INVALID', '`builder: docker` needs Docker, which is not on this machine.')
    const lines = (stderr ?? '').trim().split('\n').slice(-3).join(' ')
    throw new UserError('INPUT_INVALID', `docker ${argv[0]} failed: ${lines}`, { cause: error })
  }
}

/** Writes a Dockerfile with all that it copies. */
async function writeContext(ports: Pick<Ports, 'files' | 'natives'>, wanted: WantedImage, script: string) {
  const { files } = ports
  await files.remove(context)
  const folders: string[] = []
  for (const platform of wanted.platforms)
    for (const [at, part] of (await imageParts(ports, wanted, platform, script)).entries()) {
      const own = part.about === 'onnxruntime' ? `${at}-{arch}` : String(at)
      if (!folders.includes(own)) folders.push(own)
      const folder = own.replace('{arch}', platform.architecture)
      for (const { path, content } of part.files) await files.write(`${context}/${folder}/${path}`, content)
    }
  await files.write(`${context}/Dockerfile`, dockerfile(wanted.base, folders, imageSettings(wanted, 'node')))
}

/**
 * Lets Docker build the image and push it: buildx where it is there, which several platforms need. Returns the digest to
 * pull by. Docker's own login is used. Throws `UserError` INPUT_INVALID where Docker is missing or fails.
 */
export async function buildWithDocker(
  ports: Pick<Ports, 'files' | 'natives'>,
  wanted: WantedImage,
  image: string,
  script: string,
): Promise<string> {
  const { base, credentials, platforms, reference } = wanted
  if (base === 'local')
    throw new UserError(
      'INPUT_INVALID',
      '`builder: docker` begins with a published Node.js image; name one with `base`, such as `node:24-slim`.',
    )
  await writeContext(ports, wanted, script)
  const folder = ports.files.absolute(context)
  const names = platforms.map(({ os, architecture }) => `${os}/${architecture}`)
  const buildx = await docker(['buildx', 'version']).then(
    () => true,
    () => false,
  )
  if (buildx)
    await docker([
      'buildx',
      'build',
      '--platform',
      names.join(','),
      '--tag',
      image,
      '--provenance=false',
      '--push',
      folder,
    ])
  else if (platforms.length === 1) {
    const argument = `TARGETARCH=${platforms[0]!.architecture}`
    await docker(['build', '--build-arg', argument, '--tag', image, folder])
    await docker(['push', image])
  } else throw new UserError('INPUT_INVALID', 'Several platforms need buildx, which this Docker does not have.')
  const client = new RegistryClient(reference!, { ...(credentials && { credentials }), readOnly: true })
  const pushed = await client.manifest(reference!.tag)
  if (!pushed) throw new UserError('INPUT_INVALID', `docker pushed ${image}, but the registry does not have it.`)
  return pushed.digest
}
