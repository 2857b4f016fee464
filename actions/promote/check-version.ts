import { Comparison, type Config, Evaluation, type Ports, Run, UserError } from '@mlwright/domain'
import type { RegisteredVersion } from '@mlwright/registry'
import type { z } from 'zod'
import { conditionText, judgeAgain } from '../common/judge-again.ts'
import { type Registry, versionOf } from '../common/registry.ts'
import { type VerifiedRelease, verifyRelease } from '../common/verify-release.ts'
import { releasedRecord } from '../common/version-record.ts'

/** A version that may move to a stage, with what its release says of it. */
export interface CheckedVersion {
  readonly registered: RegisteredVersion
  readonly release: VerifiedRelease['release']
  /** Null for a version that another tool registered. */
  readonly run: Run | null
  readonly evaluation: Evaluation | null
  readonly comparison: Comparison | null
}

/** Refuses a version that is deregistered, whose files are not what they were, or whose gates fail today. */
export async function checkVersion(
  ports: Pick<Ports, 'releases'>,
  registry: Registry,
  config: Config | null,
  model: string,
  version: string | undefined,
): Promise<CheckedVersion> {
  const refuse = (reason: string) => new UserError('INPUT_INVALID', `${reason} Promote another version.`)
  const registered = versionOf(registry, model, version)
  const name = `${model} ${registered.version}`
  if (registry.models.get(model)?.deprecated)
    throw new UserError(
      'INPUT_INVALID',
      `The model ${model} is deprecated. Register a new version, which brings it back.`,
    )
  if (!registered.active) throw refuse(`${name} was deregistered.`)
  const { release, files, problems } = await verifyRelease(ports, registry, registered.tag)
  if (problems.length > 0) throw new UserError('MODEL_INVALID', `${name} cannot be promoted. ${problems.join(' ')}`)
  const read = <T>(schema: z.ZodType<T>, file: string) => releasedRecord(files, schema, file, registered.tag)
  const evaluation = read(Evaluation, 'evaluation.json')
  const comparison = read(Comparison, 'comparison.json')
  const gates = evaluation && config ? judgeAgain(config, model, evaluation, null) : []
  const failed = gates.filter((gate) => gate.verdict === 'fail')
  if (failed.length > 0) throw refuse(`${name} does not pass ${failed.map(conditionText).join(', ')}.`)
  return { registered, release, run: read(Run, 'run.json'), evaluation, comparison }
}
