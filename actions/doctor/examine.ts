import { type Finding, type Ports, type Verdict, worst } from '@mlwright/domain'
import { diagnose, type ReadRelease } from '@mlwright/registry'
import { readRegistry } from '../common/registry.ts'
import { environmentRules, type GuardedStage } from './environment-rules.ts'
import { type DoctorInputs, examineProject } from './examined-project.ts'
import { type RecordsSize, recordsSize, sizeFindings } from './records-size.ts'

/** The state of a registry's health. */
export interface Diagnosis {
  readonly verdict: Verdict
  readonly models: number
  readonly versions: number
  readonly releases: number
  /** Empty on a laptop, where there are no environments. */
  readonly stages: readonly GuardedStage[]
  /** Null where there is no records branch. */
  readonly records: RecordsSize | null
  readonly findings: readonly Finding[]
}

/** Every release with the text of its SHA256SUMS. */
async function readReleases({ releases }: Pick<Ports, 'releases'>): Promise<ReadRelease[]> {
  const all: ReadRelease[] = []
  for (const release of await releases.list()) {
    const asset = release.assets.find(({ complete, name }) => complete && name === 'SHA256SUMS')
    const sums = asset ? new TextDecoder().decode(await releases.download(asset.id)) : null
    all.push({ ...release, sums })
  }
  return all
}

/** Looks at tags, releases, stages files, environments and the records branch. */
export async function examine(inputs: DoctorInputs, ports: Ports): Promise<Diagnosis> {
  const { tags, models } = await readRegistry(ports)
  const project = await examineProject(ports, inputs, models.keys())
  const releases = await readReleases(ports)
  const { event } = ports
  // A laptop holds the releases that were made on it: where GitHub has others, a missing one says nothing.
  const elsewhere = event.name === 'local' && event.repository !== null
  const registry = diagnose(tags, releases, project.stages).filter(
    ({ rule }) => !(elsewhere && rule === 'tag-without-release'),
  )
  const { stages, findings: unguarded } = await environmentRules(ports, project.config)
  const records = await recordsSize(ports.refs)
  const found = [...project.findings, ...registry, ...unguarded, ...sizeFindings(records)]
  const findings = [...found].sort((a, b) => Number(b.level === 'fail') - Number(a.level === 'fail'))
  return {
    verdict: worst(findings.map(({ level }) => level)),
    models: models.size,
    versions: [...models.values()].flatMap(({ versions }) => versions.filter(({ active }) => active)).length,
    releases: releases.filter(({ draft }) => !draft).length,
    stages,
    records,
    findings,
  }
}
