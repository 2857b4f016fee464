import { type Config, type Ports, type Release, type Verdict, worst } from '@mlwright/domain'
import { releaseAssets, releaseNotes } from '@mlwright/registry'
import * as writing from '@mlwright/report'
import { profileText, Records, recordFiles, recordsBranch, recordText } from '@mlwright/tracking'
import { committedConfig } from '../common/committed-config.ts'
import { withLease } from '../common/lease.ts'
import { notesOf, type Registry, readRegistry } from '../common/registry.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { saltingOf, storablePredictions } from '../common/stored-predictions.ts'
import { type Candidate, readCandidates } from './candidate.ts'
import { type bumps, chooseLevel, type Level } from './choose-level.ts'
import { type ClaimedVersion, claimVersion, namedBefore, registeredBefore } from './claim-version.ts'
import { isReleased, publishRelease } from './publish-release.ts'
import { type TrustedRun, trustedRun } from './trusted-run.ts'

export interface RegisterSettings {
  readonly config: string
  /** Folder of the configuration below the repository's top: `''` or `services/churn/`. */
  readonly prefix: string
  readonly bump: (typeof bumps)[number]
  readonly version: string | undefined
}

export interface Registered {
  readonly model: string
  readonly verdict: Verdict
  /** One sentence. */
  readonly message: string
  readonly version: string | null
  readonly tag: string | null
  readonly created: boolean
  readonly releaseUrl: string | null
  /** The configuration wants an image of it. */
  readonly packaged: boolean
}

/** Keeps the run of a version on the records branch, with the commit that it is now of. */
async function keepRecord(ports: Ports, records: Records, config: Config, trusted: TrustedRun, commit: string) {
  const { event, files, refs } = ports
  const branch = event.branch === event.defaultBranch ? event.branch : null
  const salting = await saltingOf(files, records)
  const predictions = storablePredictions(trusted.predictions, salting, config.records.predictions)
  const record = recordFiles({ ...trusted, predictions, commit, branch })
  await refs.commit(recordsBranch, `Record ${trusted.run.id}`, new Map([...salting.files, ...record]))
}

async function release(
  ports: Ports,
  config: Config,
  prefix: string,
  candidate: Candidate,
  run: TrustedRun,
  { version, tag, commit }: ClaimedVersion,
  bump: Level,
): Promise<Release> {
  const { model } = candidate
  const path = config.datasets[config.models[model]!.dataset]!.contract
  const contract = path ? await ports.refs.read(commit, prefix + path) : null
  const facts = {
    version,
    tag,
    commit,
    repository: repositoryUrl(ports.event),
    project: config.project,
    run: run.run,
    evaluation: run.evaluation,
    comparison: run.challenge ?? run.comparison,
    champion: run.challenge ? candidate.champion : null,
    bump,
    contract: contract && new TextDecoder().decode(contract),
    profile: run.profile && profileText(run.profile),
    signature: candidate.signature,
  }
  return publishRelease(ports, {
    tag,
    title: `${model} ${version}`,
    body: releaseNotes(facts, writing),
    assets: releaseAssets(facts, run.model, { writing, recordText }),
    latest: config.registry.latest,
  })
}

/** Why a version that has no release yet cannot get this run's: its tag names another model file. */
function otherModel(registry: Registry, tag: string, run: TrustedRun): string | null {
  const note = notesOf(registry)(tag)
  if (!note || note.modelDigest === run.run.model_file?.digest) return null
  return `${tag} was registered for the model file of run ${note.run}, which run ${run.run.id} did not give again, so its release cannot be completed; deregister it, and register this run from a commit that has no version, with the input \`version\`.`
}

async function registerCandidate(ports: Ports, settings: RegisterSettings, candidate: Candidate): Promise<Registered> {
  const { model, commit } = candidate
  const { prefix } = settings
  const config = await committedConfig(ports, commit, prefix + settings.config)
  const records = new Records(ports.refs)
  const run = await trustedRun(ports, records, config, prefix, candidate)
  const nothing = { model, version: null, tag: null, created: false, releaseUrl: null, packaged: false }
  if (typeof run === 'string') return { ...nothing, verdict: 'fail', message: `${model} is not registered. ${run}` }
  await keepRecord(ports, records, config, run, commit)
  const registry = await readRegistry(ports)
  const before =
    settings.version === undefined
      ? registeredBefore(registry, model, commit, run.run.input_digest)
      : namedBefore(registry, model, commit, settings.version)
  const level = await chooseLevel(ports, registry, records, run, candidate, before?.commit ?? commit, settings.bump)
  const note = { run: run.run.id, inputDigest: run.run.input_digest, modelDigest: run.run.model_file!.digest }
  const claimed =
    before ?? (await claimVersion(ports, { model, commit, note, bump: level.level, version: settings.version }))
  const unfinished = before && !(await isReleased(ports, before.tag)) ? otherModel(registry, before.tag, run) : null
  if (unfinished) return { ...nothing, verdict: 'fail', message: unfinished }
  const published = await release(ports, config, prefix, candidate, run, claimed, level)
  const why = candidate.retrained === null ? '' : ` ${candidate.retrained}`
  return {
    model,
    verdict: 'pass',
    message: claimed.created
      ? `Registered ${claimed.tag} (${level.level}: ${level.reasons.join(', ')}).${why}`
      : claimed.active
        ? `${claimed.tag} is registered already.`
        : `${claimed.tag} was deregistered; to register its model again, name a version with the input \`version\` at a commit that has none.`,
    version: claimed.version,
    tag: claimed.tag,
    created: claimed.created,
    releaseUrl: published.url,
    packaged: claimed.active && Boolean(config.models[model]?.package),
  }
}

/** Registers every candidate and publishes its release; what an earlier run began is completed. */
export async function register(ports: Ports, settings: RegisterSettings): Promise<Registered[]> {
  const all: Registered[] = []
  for (const candidate of await readCandidates(ports.files))
    all.push(
      await ports.progress.during(`Registering ${candidate.model}`, () =>
        withLease(ports, candidate.model, (held) => registerCandidate(held, settings, candidate)),
      ),
    )
  return all
}

export const registerVerdict = (all: readonly Registered[]): Verdict => worst(all.map(({ verdict }) => verdict))
