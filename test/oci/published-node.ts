import { nativeLoader, onnxSessions } from '@mlwright/engines'
import { type Image, makeImage, makeLayer, parseReference, pushImage } from '@mlwright/oci'
import { localNode } from '../../actions/package/local-node.ts'
import { telco } from '../serving/fixture.ts'

/** An image of Node.js for two platforms, as somebody else publishes it; the second one is only as large. */
export async function publishedNode(host: string): Promise<string> {
  // onnxruntime loads the libraries that a published image has anyway.
  const session = await onnxSessions({ load: nativeLoader({ own: import.meta.url }) }).open((await telco()).model)
  const files = await localNode()
  await session.close()
  const of = async (architecture: string): Promise<Image> =>
    makeImage([await makeLayer(files)], {
      platform: { os: 'linux', architecture },
      entrypoint: ['docker-entrypoint.sh'],
      environment: { PATH: '/usr/local/bin:/usr/bin', NODE_VERSION: process.versions.node },
      ...{ user: '', workingDirectory: '/', ports: [], labels: {}, created: '2026-01-01T00:00:00Z', history: ['node'] },
    })
  const reference = parseReference(`${host}/library/node:24`)
  const { digest } = await pushImage([await of('amd64'), await of('arm64')], reference)
  return `${host}/library/node@${digest}`
}
