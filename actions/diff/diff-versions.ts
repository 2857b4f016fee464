import { type Comparison, type MetricChange, type Ports, UserError } from '@mlwright/domain'
import type { VersionsInput } from '@mlwright/report'
import { metricDirection } from '@mlwright/scoring'
import { compareRuns, Records, type StoredRun } from '@mlwright/tracking'
import { folderPrefix } from '../common/artifact-name.ts'
import { type NamedVersion, namedVersion } from '../common/named-version.ts'
import { type Registry, readRegistry } from '../common/registry.ts'
import { repositoryUrl } from '../common/repository-url.ts'
import { verifyRelease } from '../common/verify-release.ts'
import { versionRecord } from '../common/version-record.ts'
import { configAt } from '../report/rules.ts'
import { compareVersions } from './compare-versions.ts'

export interface DiffInputs {
  /** `churn@v1.3.0` and `churn@v1.4.0`. */
  readonly from: string
  readonly to: string
  readonly model?: string | undefined
  readonly config: string
  readonly workingDirectory: string
}

/** A metric's change; on different rows there is no interval, and `noise` is null. */
type Change = Omit<MetricChange, 'noise'> & { readonly noise: boolean | null }

export interface VersionDiff extends Pick<Comparison, 'features' | 'params' | 'data'> {
  readonly model: string
  readonly from: DiffSide
  readonly to: DiffSide
  /** Rows that the metrics are compared on; null where each version has its own. */
  readonly rows: Comparison['rows'] | null
  readonly metrics: Readonly<Record<string, Change>>
}

export interface DiffSide {
  readonly version: string
  readonly tag: string
  readonly commit: string
  /** Id of its run, and the model's size and SHA-256; null where there is none. */
  readonly run: string
  readonly bytes: number | null
  readonly digest: string | null
}

interface Known {
  readonly named: NamedVersion
  readonly stored: StoredRun
}

async function known(ports: Ports, registry: Registry, named: NamedVersion): Promise<Known> {
  const { tag } = named.registered
  const released = async () => (await verifyRelease(ports, registry, tag)).files
  const stored = await versionRecord(registry, new Records(ports.refs), { model: named.model, tag }, released)
  if (stored) return { named, stored }
  throw new UserError(
    'RECORD_INVALID',
    `Nothing is known of ${tag}: it is on no records branch and its release has no run.json; fetch the branch mlwright-records.`,
  )
}

function ownChanges(from: StoredRun, to: StoredRun): Record<string, Change> {
  const names = Object.keys({ ...from.evaluation?.metrics, ...to.evaluation?.metrics })
  const value = (stored: StoredRun, name: string) => stored.evaluation?.metrics[name]?.value ?? null
  return Object.fromEntries(
    names.map((name) => {
      const [baseline, candidate] = [value(from, name), value(to, name)]
      const change = baseline === null || candidate === null ? null : candidate - baseline
      const better = change ? change > 0 === (metricDirection(name) === 'higher') : null
      return [name, { baseline, candidate, change, low: null, high: null, noise: null, better }]
    }),
  )
}

function side({ named: { registered }, stored: { run } }: Known): DiffSide {
  const { commit, tag, version } = registered
  return {
    version,
    tag,
    commit,
    run: run.id,
    bytes: run.model_file?.bytes ?? null,
    digest: run.model_file?.digest ?? null,
  }
}

/** What differs between two versions of a model, as a noun and as what a report shows. */
export async function diffVersions(
  inputs: DiffInputs,
  ports: Ports,
): Promise<{ diff: VersionDiff; shown: VersionsInput }> {
  const { event, git, refs } = ports
  const registry = await readRegistry(ports)
  const first = namedVersion(registry, inputs.from, inputs.model)
  const { model } = first
  const second = namedVersion(registry, inputs.to, inputs.to.includes('@') ? inputs.model : model)
  if (second.model !== model)
    throw new UserError('INPUT_INVALID', `${inputs.from} and ${inputs.to} are of two models; name two versions of one.`)
  const from = await known(ports, registry, first)
  const to = await known(ports, registry, second)
  const prefix = event.name === 'local' ? (await git.head()).prefix : folderPrefix(inputs)
  const config = await configAt(refs, second.registered.commit, prefix + inputs.config)
  const versions = [from, to].map(({ named, stored }) => ({ version: named.registered.version, stored }))
  const compared = await ports.progress.during('Comparing', () =>
    compareVersions(ports, config, versions[0]!, versions[1]!),
  )
  const comparison = typeof compared === 'string' ? null : compared
  const changes = compareRuns(from.stored.run, to.stored.run)
  const shown = ({ named: { registered }, stored: { run, evaluation } }: Known) => ({
    version: registered.version,
    commit: registered.commit,
    run,
    evaluation,
  })
  return {
    diff: {
      model,
      from: side(from),
      to: side(to),
      rows: comparison?.rows ?? null,
      metrics: comparison?.metrics ?? ownChanges(from.stored, to.stored),
      ...changes,
    },
    shown: {
      model,
      from: shown(from),
      to: shown(to),
      comparison,
      reason: typeof compared === 'string' ? compared : null,
      changes,
      repository: repositoryUrl(event),
    },
  }
}
