import { type Config, type Ports, UserError } from '@mlwright/domain'
import { registryEvents } from '@mlwright/registry'
import { withLease } from '../common/lease.ts'
import { type Registry, readRegistry, versionOf } from '../common/registry.ts'
import { doneEarlier } from './earlier-attempt.ts'
import { stageConfig } from './move-stage.ts'
import { letTakeOver } from './realise-move.ts'
import { writeCounted, writeSimple } from './write-counted.ts'

export interface Retired {
  readonly model: string
  readonly tag: string
  readonly created: boolean
  /** One sentence. */
  readonly message: string
  /** Who is now in the stages that the version left; null for nobody. */
  readonly stages: Readonly<Record<string, string | null>>
}

const stagesText = (now: ReadonlyMap<string, string | null>) =>
  [...now].map(([stage, next]) => (next ? ` ${next} is in ${stage} again.` : ` Nothing is in ${stage} now.`)).join('')

/** Every stage that a commit was ever in. */
function stagesOf({ tags }: Registry, model: string, commit: string): Set<string> {
  const assigned = registryEvents(tags).filter((event) => event.model === model && event.commit === commit)
  return new Set(assigned.flatMap(({ stage }) => stage ?? []))
}

/** Takes a version out of the registry; its history, files and tags stay, and the one before it takes over its stages. */
export function deregister(ports: Ports, config: Config, model: string, version: string | undefined): Promise<Retired> {
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    if (version === undefined)
      throw new UserError('INPUT_INVALID', `Name the version of ${model} to deregister with the input \`version\`.`)
    const { commit, active, tag } = versionOf(registry, model, version)
    const event = { event: 'deregistration', model, version } as const
    const { stages } = registry.models.get(model)!
    const held = [...stages.keys()].filter((stage) => stages.get(stage)![0]?.commit === commit)
    const done = doneEarlier(registry, ports.event, { ...event, stage: null })
    const written = active ? await writeSimple(ports, registry, event, { version, commit }) : tag
    const left = active ? held : done?.version === version ? stagesOf(registry, model, commit) : []
    const now = await letTakeOver(ports, config, model, left)
    const message = active
      ? `Deregistered ${model} ${version}.${stagesText(now)}`
      : `${model} ${version} is deregistered already.`
    return { model, tag: written, created: active, message, stages: Object.fromEntries(now) }
  })
}

/** Says that a model is not used any more. */
export function deprecate(ports: Ports, model: string): Promise<Retired> {
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    const { commit, version, tag } = versionOf(registry, model, registry.models.get(model)?.versions[0]?.version)
    if (registry.models.get(model)?.deprecated)
      return { model, tag, created: false, message: `${model} is deprecated already.`, stages: {} }
    const written = await writeSimple(ports, registry, { event: 'deprecation', model }, { version, commit })
    return {
      model,
      tag: written,
      created: true,
      message: `Deprecated ${model}; a new version brings it back.`,
      stages: {},
    }
  })
}

/** Takes the version out of a stage; as in gto the one before it takes over. */
export function unassign(ports: Ports, config: Config, model: string, stage: string): Promise<Retired> {
  stageConfig(config, stage)
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    const done = doneEarlier(registry, ports.event, { event: 'unassignment', model, stage })
    const [held] = registry.models.get(model)?.stages.get(stage) ?? []
    if (done || !held) {
      const now = await letTakeOver(ports, config, model, [stage])
      const message = done
        ? `This run took a version out of ${stage} before.`
        : `No version of ${model} is in ${stage}.`
      return { model, tag: done?.tag ?? '', created: false, message, stages: Object.fromEntries(now) }
    }
    const tag = await writeCounted(ports, registry, { event: 'unassignment', model, stage }, held)
    const now = await letTakeOver(ports, config, model, [stage])
    const message = `Took ${model} ${held.version} out of ${stage}.${stagesText(now)}`
    return { model, tag, created: true, message, stages: Object.fromEntries(now) }
  })
}
