import { type Config, type Ports, UserError } from '@mlwright/domain'
import { registryEvents, stagesPath, writeStage } from '@mlwright/registry'
import { readRegistry } from '../common/registry.ts'
import { doneEarlier } from './earlier-attempt.ts'
import { type Moved, moveStage, stageConfig } from './move-stage.ts'

/** What rolling back leads through, the current version last: an assignment of a version that was there before is a return to it. */
function path(assigned: readonly string[]): string[] {
  const way: string[] = []
  for (const version of assigned) {
    const at = way.indexOf(version)
    if (at >= 0) way.length = at
    way.push(version)
  }
  return way
}

/** The version that was in a stage before the one that is there, and is still active. */
async function versionBefore(ports: Ports, model: string, stage: string): Promise<string> {
  const registry = await readRegistry(ports)
  const done = doneEarlier(registry, ports.event, { event: 'assignment', model, stage })
  if (done?.version) return done.version
  const known = registry.models.get(model)
  const current = known?.stages.get(stage)?.[0]?.version
  if (!current)
    throw new UserError('INPUT_INVALID', `No version of ${model} is in ${stage}, so there is nothing to roll back.`)
  const active = new Set(known.versions.filter((version) => version.active).map(({ version }) => version))
  const assigned = registryEvents(registry.tags)
    .filter((event) => event.model === model && event.stage === stage && event.event === 'assignment')
    .map(({ version }) => version!)
  const before = path(assigned).findLast((version) => version !== current && active.has(version))
  if (before) return before
  throw new UserError(
    'INPUT_INVALID',
    `No other active version of ${model} was in ${stage} before ${current}; name one with the input \`version\`.`,
  )
}

/** Puts the version before the current one, or the one that is named, back into a stage at once. */
export async function rollBack(
  ports: Ports,
  config: Config,
  wanted: { readonly model: string; readonly version: string | undefined; readonly stage: string },
): Promise<Moved> {
  stageConfig(config, wanted.stage)
  const version = wanted.version ?? (await versionBefore(ports, wanted.model, wanted.stage))
  return moveStage(ports, config, { ...wanted, version })
}

/** Brings a laptop's stages file in line with the tags; an empty stage makes none. */
export async function writeStagesFile(
  { files }: Pick<Ports, 'files'>,
  { model, stage, version }: { readonly model: string; readonly stage: string; readonly version: string | null },
): Promise<void> {
  const path = stagesPath(model)
  const bytes = await files.read(path)
  if (bytes || version) await files.write(path, writeStage(bytes && new TextDecoder().decode(bytes), stage, version))
}
