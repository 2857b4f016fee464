import { Evaluation, type Ports, Run, UserError } from '@mlwright/domain'
import { readSums, registrationPredicate, registrationPredicateType } from '@mlwright/registry'
import { readRecord } from '@mlwright/tracking'
import type { z } from 'zod'
import { folderPrefix, type PipelineScope } from '../common/artifact-name.ts'
import { committedConfig } from '../common/committed-config.ts'
import { chooseModels } from '../common/project.ts'
import { type Registry, readRegistry } from '../common/registry.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { verifyRelease } from '../common/verify-release.ts'
import { type ClaimedVersion, versionAt } from './claim-version.ts'
import type { Registered } from './register.ts'

async function attestVersion(
  ports: Ports,
  registry: Registry,
  model: string,
  { version, tag, commit }: ClaimedVersion,
): Promise<Registered> {
  const { attestations, event } = ports
  const { files, problems, release } = await verifyRelease(ports, registry, tag)
  if (problems.length > 0 || !release)
    throw new UserError('MODEL_INVALID', `${tag} cannot be signed. ${problems.join(' ') || 'It has no release.'}`)
  const read = <T>(schema: z.ZodType<T>, file: string) =>
    readRecord(schema, files.get(file) ?? new Uint8Array(), `${file} of ${tag}`)
  const facts = {
    version,
    tag,
    commit,
    repository: repositoryUrl(event),
    run: read(Run, 'run.json'),
    evaluation: read(Evaluation, 'evaluation.json'),
  }
  const sums = readSums(new TextDecoder().decode(files.get('SHA256SUMS')))
  const by = { id: event.run?.id ?? 0, attempt: event.run?.attempt ?? 1, actor: event.actor }
  const id = await attestations.attest({
    subjects: [...sums].map(([name, sha256]) => ({ name, sha256 })),
    predicateType: registrationPredicateType,
    predicate: registrationPredicate(facts, by),
  })
  const message = `Signed that this run registered ${tag} (attestation ${id}).`
  return { model, verdict: 'pass', message, version, tag, created: false, releaseUrl: release.url, packaged: false }
}

/** Signs who registered the versions of the event's commit and who trained them, where `registry.attest` asks for it. */
export async function attestVersions(
  ports: Ports,
  inputs: PipelineScope & { readonly config: string },
): Promise<Registered[]> {
  const { event, runner } = ports
  const config = await committedConfig(ports, event.commit, folderPrefix(inputs) + inputs.config)
  if (!config.registry.attest) {
    runner.log('registry.attest is not set in mlwright.yml, so nothing is signed.')
    return []
  }
  const registry = await readRegistry(ports)
  const signed: Registered[] = []
  for (const [name] of chooseModels(config, inputs.model)) {
    const here = event.commit && versionAt(registry, name, event.commit)
    if (here) signed.push(await attestVersion(ports, registry, name, here))
  }
  return signed
}
