import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type Ports, UserError } from '@mlwright/domain'
import { RegistryClient } from '@mlwright/oci'
import { withLogin } from './docker-login.ts'
import { dockerfile } from './dockerfile.ts'
import { imageParts, imageSettings } from './image-parts.ts'
import type { WantedImage } from './wanted-image.ts'

const run = promisify(execFile)
const context = '.mlwright/image'

/** Runs Docker. Throws `UserError` INPUT_INVALID with its last lines where it fails. */
async function docker(options: readonly string[], argv: readonly string[]): Promise<string> {
  try {
    return (await run('docker', [...options, ...argv], { maxBuffer: 2 ** 26 })).stdout
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

/** Builds and pushes: with buildx where it is there, which several platforms need. */
async function buildAndPush(
  image: string,
  folder: string,
  platforms: WantedImage['platforms'],
  options: readonly string[],
): Promise<void> {
  const call = (...argv: string[]) => docker(options, argv)
  const buildx = await call('buildx', 'version').then(
    () => true,
    () => false,
  )
  if (buildx) {
    const names = platforms.map(({ os, architecture }) => `${os}/${architecture}`).join(',')
    await call('buildx', 'build', '--platform', names, '--tag', image, '--provenance=false', '--push', folder)
  } else if (platforms.length === 1) {
    await call('build', '--build-arg', `TARGETARCH=${platforms[0]!.architecture}`, '--tag', image, folder)
    await call('push', image)
  } else throw new UserError('INPUT_INVALID', 'Several platforms need buildx, which this Docker does not have.')
}

/**
 * Lets Docker build the image and push it. Returns the digest to pull by. Docker logs in with the credentials that there
 * are, else with its own. Throws `UserError` INPUT_INVALID where Docker is missing or fails.
 */
export async function buildWithDocker(
  ports: Pick<Ports, 'files' | 'natives'>,
  wanted: WantedImage,
  image: string,
  script: string,
): Promise<string> {
  const { base, credentials, platforms } = wanted
  const reference = wanted.reference!
  if (base === 'local')
    throw new UserError(
      'INPUT_INVALID',
      '`builder: docker` begins with a published Node.js image; name one with `base`, such as `node:24-slim`.',
    )
  await writeContext(ports, wanted, script)
  await withLogin(reference.registry, credentials, (options) =>
    buildAndPush(image, ports.files.absolute(context), platforms, options),
  )
  const client = new RegistryClient(reference, { ...(credentials && { credentials }), readOnly: true })
  const pushed = await client.manifest(reference.tag)
  if (!pushed) throw new UserError('INPUT_INVALID', `docker pushed ${image}, but the registry does not have it.`)
  return pushed.digest
}
