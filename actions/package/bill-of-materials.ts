import { version } from '@mlwright/domain'
import type { LayerFile } from '@mlwright/oci'
import { sha256 } from '../common/sha256.ts'
import type { Component } from './server-files.ts'

/** What an image consists of, as CycloneDX 1.6: no time and no serial number, so that the same image has the same one. */
export function billOfMaterials(image: {
  readonly name: string
  readonly version: string
  readonly modelDigest: string
  readonly onnxruntime: string
  /** What stands in the bundle of the server. */
  readonly libraries: readonly Component[]
  /** Version of Node.js; null where a base brings it. */
  readonly node: string | null
  /** Files of this machine's system. */
  readonly system: readonly LayerFile[]
  readonly base: string | null
}): string {
  const npm = (name: string, release: string, license: string) => ({
    type: 'library',
    'bom-ref': `pkg:npm/${name}@${release}`,
    name,
    version: release,
    purl: `pkg:npm/${name}@${release}`,
    licenses: [{ license: { id: license } }],
  })
  const { base, libraries, node, system } = image
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'container', 'bom-ref': 'image', name: image.name, version: image.version },
      tools: { components: [{ type: 'application', name: 'mlwright', version }] },
    },
    components: [
      {
        type: 'machine-learning-model',
        'bom-ref': 'model',
        name: image.name,
        version: image.version,
        hashes: [{ alg: 'SHA-256', content: image.modelDigest }],
      },
      npm('mlwright', version, 'Apache-2.0'),
      npm('onnxruntime-node', image.onnxruntime, 'MIT'),
      npm('onnxruntime-common', image.onnxruntime, 'MIT'),
      ...libraries.map((library) => npm(library.name, library.version, library.license)),
      ...(node === null
        ? []
        : [{ type: 'platform', 'bom-ref': 'node', name: 'node', version: node, purl: `pkg:generic/node@${node}` }]),
      ...system.map(({ path, content }) => ({
        type: 'file',
        'bom-ref': path,
        name: path,
        hashes: [{ alg: 'SHA-256', content: sha256(content) }],
      })),
      ...(base === null ? [] : [{ type: 'container', 'bom-ref': 'base', name: base }]),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
