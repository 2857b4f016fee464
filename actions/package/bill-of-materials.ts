import { version } from '@mlwright/domain'

/** What an image consists of, as CycloneDX 1.6: no time and no serial number, so that the same image has the same one. */
export function billOfMaterials(image: {
  readonly name: string
  readonly version: string
  readonly modelDigest: string
  readonly onnxruntime: string
  /** Version of Node.js; null where a base brings it. */
  readonly node: string | null
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
  const { base, node } = image
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
      ...(node === null
        ? []
        : [{ type: 'platform', 'bom-ref': 'node', name: 'node', version: node, purl: `pkg:generic/node@${node}` }]),
      ...(base === null ? [] : [{ type: 'container', 'bom-ref': 'base', name: base }]),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
