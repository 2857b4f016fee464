import { type Ports, version } from '@mlwright/domain'
import type { ImageOptions, LayerFile, Platform } from '@mlwright/oci'
import { billOfMaterials } from './bill-of-materials.ts'
import { localNode } from './local-node.ts'
import { onnxruntimeFiles } from './onnxruntime-files.ts'
import { serverFiles } from './server-files.ts'
import type { WantedImage } from './wanted-image.ts'

/** A layer of an image, and what `docker history` says of it. */
export interface ImagePart {
  readonly about: string
  readonly files: readonly LayerFile[]
}

/** What an image consists of on a platform; what changes most stands last, so that a new version re-uses the layers before it. */
export async function imageParts(
  ports: Pick<Ports, 'natives'>,
  { name, version: release, model, rules, base }: WantedImage,
  platform: Platform,
  script: string,
): Promise<ImagePart[]> {
  const onnxruntime = await onnxruntimeFiles(ports.natives, platform)
  const server = await serverFiles(script)
  const local = base === 'local' ? await localNode() : null
  const materials = billOfMaterials({
    ...{ name, version: release, modelDigest: model.digest, onnxruntime: onnxruntime.version },
    libraries: server.components,
    node: local && process.versions.node,
    system: local ?? [],
    base: local ? null : base,
  })
  return [
    ...(local ? [{ about: 'Node.js and its libraries', files: local }] : []),
    { about: 'onnxruntime', files: onnxruntime.files },
    { about: `mlwright ${version}`, files: server.files },
    {
      about: `${name} ${release}`,
      files: [
        { path: `model/${release}.onnx`, content: model.bytes },
        ...(rules === null
          ? []
          : [{ path: `model/${release}.rules.json`, content: Buffer.from(`${JSON.stringify(rules)}\n`) }]),
        { path: 'app/bom.cdx.json', content: Buffer.from(materials) },
      ],
    },
  ]
}

/** How a container of the image runs; `node` is the program that does. */
export function imageSettings(
  { name, version: release, redact, source }: WantedImage,
  node: string,
): Omit<ImageOptions, 'platform' | 'base' | 'history'> {
  return {
    entrypoint: [node, '/app/serve.js'],
    environment: {
      NODE_ENV: 'production',
      ORT_DISABLE_TELEMETRY: '1',
      PORT: '8080',
      MLWRIGHT_MODEL: '/model',
      MLWRIGHT_NAME: name,
      ...(redact.length > 0 && { MLWRIGHT_LOG_REDACT: redact.join(',') }),
    },
    user: '65532:65532',
    workingDirectory: '/app',
    ports: [8080],
    labels: {
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.version': release,
      'org.opencontainers.image.description': `The model ${name} ${release}, served by mlwright ${version}`,
      ...(source !== null && { 'org.opencontainers.image.source': source }),
    },
    created: '1970-01-01T00:00:00Z',
    health: { test: ['CMD', node, '/app/serve.js', 'health'], seconds: 10 },
  }
}
