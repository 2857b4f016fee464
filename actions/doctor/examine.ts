import { type Finding, type Ports, UserError, type Verdict, worst } from '@mlwright/domain'
import { diagnose, problemFinding, type ReadRelease } from '@mlwright/registry'
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

type Source = Pick<Ports['releases'], 'list' | 'download'>

/** Every release of a source with the text of its SHA256SUMS. */
async function readReleases(source: Source): Promise<ReadRelease[]> {
  const all: ReadRelease[] = []
  for (const release of await source.list()) {
    const asset = release.assets.find(({ complete, name }) => complete && name === 'SHA256SUMS')
    const sums = asset ? new TextDecoder().decode(await source.download(asset.id)) : null
    all.push({ ...release, sums })
  }
  return all
}

/** The releases of this machine and of GitHub; `unread` where GitHub's cannot be read. */
async function allReleases(
  ports: Pick<Ports, 'releases' | 'published'>,
): Promise<{ releases: ReadRelease[]; unread: Finding[] }> {
  const here = await readReleases(ports.releases)
  const tags = new Set(here.map(({ tag }) => tag))
  try {
    const there = ports.published ? await readReleases(ports.published) : []
    return { releases: [...here, ...there.filter(({ tag }) => !tags.has(tag))], unread: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { releases: here, unread: [problemFinding('releases-unread', 'warn', error.message)] }
  }
}

/** Looks at tags, releases, stages files, environments and the records branch. */
export async function examine(inputs: DoctorInputs, ports: Ports): Promise<Diagnosis> {
  const { tags, models } = await readRegistry(ports)
  const project = await examineProject(ports, inputs, models.keys())
  const { releases, unread } = await allReleases(ports)
  const registry = diagnose(tags, releases, project.stages).filter(
    ({ rule }) => !(unread.length > 0 && rule === 'tag-without-release'),
  )
  const { stages, findings: unguarded } = await environmentRules(ports, project.config)
  const records = await recordsSize(ports.refs)
  const found = [...project.findings, ...registry, ...unread, ...unguarded, ...sizeFindings(records)]
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
