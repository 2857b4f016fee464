import { type Event, type Files, type Ports, UserError } from '@mlwright/domain'
import { type Credentials, type ImageReference, type Platform, parseReference } from '@mlwright/oci'
import { classifiedColumns } from '../common/classified-columns.ts'
import { modelFile } from '../common/model-file.ts'
import { releasedFile } from '../common/released-file.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { sha256 } from '../common/sha256.ts'
import { imageRules } from './image-rules.ts'
import { localPlatform } from './local-node.ts'
import { type Produced, produceImage } from './produce-image.ts'

export interface PackageInputs {
  readonly modelPath?: string | undefined
  readonly run?: string | undefined
  readonly config: string
  readonly model?: string | undefined
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly contract?: string | undefined
  readonly image?: string | undefined
  readonly layout?: string | undefined
  readonly base?: string | undefined
  readonly platforms?: string | undefined
  readonly builder?: 'mlwright' | 'docker' | undefined
  readonly registryUser?: string | undefined
  readonly registryPassword?: string | undefined
  readonly token?: string | undefined
}

const label = /^[\x21-\x7e]{1,128}$/
const platformPattern = /^(linux)\/(amd64|arm64)$/

function credentialsOf(inputs: PackageInputs, { registry }: ImageReference, event: Event): Credentials | undefined {
  const { registryUser: user, registryPassword: password, token } = inputs
  if (user !== undefined && password !== undefined) return { user, password }
  return registry === 'ghcr.io' && token ? { user: event.actor ?? 'github-actions', password: token } : undefined
}

/** Reads `linux/amd64, linux/arm64`; without a text it is this machine's. */
function readPlatforms(text: string | undefined): Platform[] {
  if (text === undefined) return [localPlatform()]
  return [...new Set(text.split(',').map((each) => each.trim()))].map((each) => {
    const [, os, architecture] = platformPattern.exec(each) ?? []
    if (os && architecture) return { os, architecture }
    throw new UserError('INPUT_INVALID', `\`${each}\` is no platform; use \`linux/amd64\` or \`linux/arm64\`.`)
  })
}

/** The model, what it is called, and of a released version its contract. */
async function modelOf(inputs: PackageInputs, ports: Ports) {
  const { path, bytes, model, version } = await modelFile(inputs, ports)
  const asset = (name: string) => releasedFile(ports, path, name)
  const released = version && { contract: await asset('contract.yaml'), run: await asset('run.json') }
  const file = path.replace(/^.*\//, '').replace(/\.onnx$/, '')
  return { bytes, model: model ?? inputs.model, version, file: file || 'model', released: released || null }
}

/** Turns a model into an image, as the inputs say. `sources` has the configuration and the contract. */
export async function packageImage(
  inputs: PackageInputs,
  ports: Ports,
  script: string,
  sources: Pick<Files, 'read'> = ports.files,
): Promise<Produced> {
  const reference = inputs.image === undefined ? null : parseReference(inputs.image)
  const { base = 'local', builder = 'mlwright', layout } = inputs
  if (!reference && (layout === undefined || builder === 'docker'))
    throw new UserError(
      'INPUT_INVALID',
      'Say with `image` where the image goes, or with `layout` which folder to write.',
    )
  const platforms = readPlatforms(inputs.platforms)
  const found = await modelOf(inputs, ports)
  const digest = sha256(found.bytes)
  const name = inputs.name ?? found.model ?? found.file
  const version = inputs.version ?? found.version ?? digest.slice(0, 12)
  if (!label.test(name) || !/^[\w.+-]{1,128}$/.test(version))
    throw new UserError(
      'INPUT_INVALID',
      `${name} ${version} cannot name an image; use letters, digits, dots and hyphens.`,
    )
  return produceImage(
    ports,
    {
      ...{ name, version, reference, layout, base, platforms, builder },
      model: { bytes: found.bytes, digest },
      rules: await imageRules(inputs, ports, sources, found.model ?? name, found.released),
      redact: await classifiedColumns(sources, found.model ?? name, inputs.config),
      source: repositoryUrl(ports.event),
      credentials: reference ? credentialsOf(inputs, reference, ports.event) : undefined,
    },
    script,
  )
}
