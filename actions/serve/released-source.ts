import { type Ports, UserError } from '@mlwright/domain'
import type { ModelSource } from '@mlwright/serving'
import { releasedRules } from '../common/contract-rules.ts'
import { namedVersion } from '../common/named-version.ts'
import { readRegistry } from '../common/registry.ts'
import { verifyRelease } from '../common/verify-release.ts'

/** A model of the registry, with the version to begin with. */
export interface ReleasedSource {
  readonly model: string
  readonly version: string
  readonly source: ModelSource
}

/** The active versions of the model that `churn@v1.4.0` names, each from its release, whose files are checked. */
export async function releasedSource(ports: Ports, text: string): Promise<ReleasedSource> {
  const registry = await readRegistry(ports)
  const released = new Map<string, Parameters<typeof releasedRules>[0]>()
  const { model, registered } = namedVersion(registry, text)
  const active = registry.models.get(model)!.versions.filter((version) => version.active)
  if (!registered.active)
    throw new UserError('INPUT_INVALID', `${model} ${registered.version} was deregistered; serve another version.`)
  return {
    model,
    version: registered.version,
    source: {
      versions: async () => active.map(({ version }) => version).reverse(),
      async read(version) {
        const { registered: found } = namedVersion(registry, version, model)
        const { files, problems } = await verifyRelease(ports, registry, found.tag)
        if (problems.length > 0) throw new UserError('MODEL_INVALID', problems.join(' '))
        released.set(version, { contract: files.get('contract.yaml') ?? null, run: files.get('run.json') ?? null })
        const bytes = files.get('model.onnx')
        if (bytes) return bytes
        throw new UserError('FILE_MISSING', `${found.tag} has no release with a model file; register it again.`)
      },
      async rules(version) {
        const files = released.get(version)
        return files ? releasedRules(files) : null
      },
    },
  }
}
