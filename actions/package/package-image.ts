import { type Event, type Ports, UserError, version } from '@mlwright/domain'
import {
  type Credentials,
  type Image,
  type ImageReference,
  imageLayout,
  makeImage,
  makeLayer,
  parseReference,
  pushImage,
} from '@mlwright/oci'
import { classifiedColumns } from '../common/classified-columns.ts'
import { sha256 } from '../common/sha256.ts'
import { modelFile } from '../predict/model-file.ts'
import { billOfMaterials } from './bill-of-materials.ts'
import { runtimeFiles } from './runtime-files.ts'
import { serverFiles } from './server-files.ts'

export interface PackageInputs {
  readonly modelPath?: string | undefined
  readonly run?: string | undefined
  readonly config: string
  readonly model?: string | undefined
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly image?: string | undefined
  readonly layout?: string | undefined
  readonly registryUser?: string | undefined
  readonly registryPassword?: string | undefined
  readonly token?: string | undefined
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
const label = /^[\x21-\x7e]{1,128}$/

function credentialsOf(inputs: PackageInputs, { registry }: ImageReference, event: Event): Credentials | undefined {
  const { registryUser: user, registryPassword: password, token } = inputs
  if (user !== undefined && password !== undefined) return { user, password }
  return registry === 'ghcr.io' && token ? { user: event.actor ?? 'github-actions', password: token } : undefined
}

async function build(
  model: { readonly bytes: Uint8Array; readonly digest: string },
  names: { readonly name: string; readonly version: string },
  script: string,
  redact: readonly string[],
): Promise<Image> {
  const runtime = await runtimeFiles()
  const materials = billOfMaterials({ ...names, modelDigest: model.digest, onnxruntime: runtime.onnxruntimeVersion })
  // What changes most stands last, so that a new version re-uses the layers before it.
  const layers = [
    await makeLayer(runtime.node),
    await makeLayer(runtime.onnxruntime),
    await makeLayer(await serverFiles(script)),
    await makeLayer([
      { path: `model/${names.version}.onnx`, content: model.bytes },
      { path: 'app/bom.cdx.json', content: Buffer.from(materials) },
    ]),
  ]
  return makeImage(layers, {
    platform: { os: 'linux', architecture: architectures[process.arch] ?? process.arch },
    entrypoint: ['/usr/bin/node', '/app/serve.js'],
    environment: {
      PATH: '/usr/bin',
      NODE_ENV: 'production',
      ORT_DISABLE_TELEMETRY: '1',
      PORT: '8080',
      MLWRIGHT_MODEL: '/model',
      MLWRIGHT_NAME: names.name,
      ...(redact.length > 0 && { MLWRIGHT_LOG_REDACT: redact.join(',') }),
    },
    user: '65532:65532',
    workingDirectory: '/app',
    ports: [8080],
    labels: {
      'org.opencontainers.image.title': names.name,
      'org.opencontainers.image.version': names.version,
      'org.opencontainers.image.description': `The model ${names.name} ${names.version}, served by mlwright ${version}`,
    },
    created: '1970-01-01T00:00:00Z',
    health: { test: ['CMD', '/usr/bin/node', '/app/serve.js', 'health'], seconds: 10 },
    history: ['Node.js and its libraries', 'onnxruntime', `mlwright ${version}`, `${names.name} ${names.version}`],
  })
}

/** Turns a model into an image; pushes it where `image` says, and writes it where `layout` says. */
export async function packageImage(inputs: PackageInputs, ports: Ports, script: string) {
  const reference = inputs.image === undefined ? null : parseReference(inputs.image)
  if (!reference && inputs.layout === undefined)
    throw new UserError(
      'INPUT_INVALID',
      'Say with `image` where the image goes, or with `layout` which folder to write.',
    )
  const { path, bytes } = await modelFile(inputs, ports)
  const digest = sha256(bytes)
  const name =
    inputs.name ??
    inputs.model ??
    (path
      .split('/')
      .at(-1)!
      .replace(/\.onnx$/, '') ||
      'model')
  const names = { name, version: inputs.version ?? digest.slice(0, 12) }
  if (!label.test(names.name) || !/^[\w.+-]{1,128}$/.test(names.version))
    throw new UserError(
      'INPUT_INVALID',
      `${name} ${names.version} cannot name an image; use letters, digits, dots and hyphens.`,
    )
  const redact = await classifiedColumns(ports, inputs.model ?? name, inputs.config)
  const session = await ports.sessions.open(bytes)
  const image = await ports.progress
    .during(`Packing ${name} ${names.version}`, () => build({ bytes, digest }, names, script, redact))
    .finally(() => session.close())
  const size = image.layers.reduce((sum, { content }) => sum + content.length, 0)
  if (inputs.layout !== undefined)
    for await (const [file, content] of imageLayout([image], names.version))
      await ports.files.write(`${inputs.layout}/${file}`, content)
  const pushed =
    reference &&
    (await ports.progress.during(`Pushing ${inputs.image}`, (update) =>
      pushImage([image], reference, {
        credentials: credentialsOf(inputs, reference, ports.event),
        onBlob: ({ size: bytes }) => update(`${megabytes(bytes)} MB`),
      }),
    ))
  const digested = image.manifest.digest
  const where = reference ? `${reference.registry}/${reference.repository}@${digested}` : inputs.layout!
  const reused = pushed && pushed.present > 0 ? `, ${pushed.present} of its parts were there already` : ''
  return {
    where,
    digest: digested,
    message: `${name} ${names.version} is an image of ${megabytes(size)} MB: ${where}${reused}.`,
    noun: {
      kind: 'Image',
      version: 1,
      name,
      model_version: names.version,
      model: digest,
      digest: digested,
      bytes: size,
      image: where,
    },
  }
}
