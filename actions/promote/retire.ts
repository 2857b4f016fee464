import { type Ports, UserError } from '@mlwright/domain'
import { withLease } from '../common/lease.ts'
import { readRegistry, versionOf } from '../common/registry.ts'
import { endOthers } from './deployment.ts'
import { doneEarlier } from './earlier-attempt.ts'
import { writeCounted, writeSimple } from './write-counted.ts'

export interface Retired {
  readonly model: string
  readonly tag: string
  readonly created: boolean
  /** One sentence. */
  readonly message: string
}

/** Takes a version out of the registry; its history, files and tags stay. */
export function deregister(ports: Ports, model: string, version: string | undefined): Promise<Retired> {
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    if (version === undefined)
      throw new UserError('INPUT_INVALID', `Name the version of ${model} to deregister with the input \`version\`.`)
    const { commit, active, tag } = versionOf(registry, model, version)
    if (!active) return { model, tag, created: false, message: `${model} ${version} is deregistered already.` }
    const stages = [...(registry.models.get(model)?.stages ?? [])].filter(([, [first]]) => first?.version === version)
    const written = await writeSimple(ports, registry, { event: 'deregistration', model, version }, { version, commit })
    const held = stages.map(([stage]) => stage).join(', ')
    return {
      model,
      tag: written,
      created: true,
      message: `Deregistered ${model} ${version}.${held ? ` It was in ${held}: promote another version there.` : ''}`,
    }
  })
}

/** Says that a model is not used any more. */
export function deprecate(ports: Ports, model: string): Promise<Retired> {
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    const { commit, version, tag } = versionOf(registry, model, registry.models.get(model)?.versions[0]?.version)
    if (registry.models.get(model)?.deprecated)
      return { model, tag, created: false, message: `${model} is deprecated already.` }
    const written = await writeSimple(ports, registry, { event: 'deprecation', model }, { version, commit })
    return {
      model,
      tag: written,
      created: true,
      message: `Deprecated ${model}; a new version or stage brings it back.`,
    }
  })
}

/** Takes the version out of a stage; as in gto the one before it takes over. */
export function unassign(ports: Ports, model: string, stage: string, environment = stage): Promise<Retired> {
  return withLease(ports, model, async (ports) => {
    const registry = await readRegistry(ports)
    const done = doneEarlier(registry, ports.event, { event: 'unassignment', model, stage })
    const [held, next] = registry.models.get(model)?.stages.get(stage) ?? []
    if (done || !held) {
      await endOthers(ports, { model, stage, environment }, held?.tag ?? null)
      const message = done
        ? `This run took a version out of ${stage} before.`
        : `No version of ${model} is in ${stage}.`
      return { model, tag: done?.tag ?? '', created: false, message }
    }
    const tag = await writeCounted(ports, registry, { event: 'unassignment', model, stage }, held)
    await endOthers(ports, { model, stage, environment }, next?.tag ?? null)
    const after = next ? `${next.version} is there again.` : 'It is empty now.'
    return { model, tag, created: true, message: `Took ${model} ${held.version} out of ${stage}. ${after}` }
  })
}
