import { type OpenDataset, profileAgainst } from '@mlwright/data'
import type { DriftReport, Finding, Ports } from '@mlwright/domain'
import { compareProfiles } from '@mlwright/drift'
import { recordText } from '@mlwright/tracking'
import { exactColumns } from './exact-columns.ts'
import { type PeerMethod, peerColumns } from './peer-columns.ts'
import { type PerformanceInputs, performance } from './performance.ts'
import { openTable, readReference } from './reference.ts'

export interface MonitorInputs extends PerformanceInputs {
  readonly reference: string
  readonly current: string
  readonly budget: number
  readonly runs: number
  readonly method: 'calibrated' | PeerMethod
  readonly tests: 'auto' | 'exact' | 'binned'
  readonly ignore?: string | undefined
}

/** From this size on a test on 256 bins sees as much as one on the values, and costs a fraction. */
const exactRows = 200_000

/** Values that are not of the column's type count as missing and are tested as such: they are only a warning here. */
function fileFindings(opened: OpenDataset | null): Finding[] {
  return (opened?.findings ?? [])
    .filter(({ rule }) => rule !== 'no-rows')
    .map((finding) => (finding.rule === 'type' ? { ...finding, level: 'warn' } : finding))
}

/** Compares data with its reference and writes the report to `.mlwright/drift/`. */
export async function monitor(inputs: MonitorInputs, ports: Ports): Promise<{ report: DriftReport; path: string }> {
  const report = await ports.progress.during(`Comparing ${inputs.current} with ${inputs.reference}`, async () => {
    const { engine } = ports
    const ignored = inputs.ignore?.split(',').map((name) => name.trim()) ?? []
    const { profile, opened } = await readReference(ports, inputs.reference)
    const types = new Map(profile.columns.map(({ name, type }) => [name, type]))
    const table = await openTable(ports, inputs.current, types)
    // Labels come later than the rows that they belong to.
    const late = table.dataset.columns.some(({ name }) => name === inputs.label) ? [] : [inputs.label ?? '']
    const ignore = new Set([...ignored, ...late, ...(inputs.labels === undefined ? [] : [inputs.key])])
    const current = await profileAgainst(engine, table, profile)
    const large = Math.max(profile.rows, current.rows) > exactRows
    const wanted = inputs.tests === 'exact' || (inputs.tests === 'auto' && !large)
    const exact = opened && wanted ? await exactColumns(engine, [opened, table], [profile, current], ignore) : null
    const budget = { falseAlarms: inputs.budget, runs: inputs.runs }
    const followed = await performance(inputs, ports, { reference: opened, current: table }, budget)
    const { method } = inputs
    const peer =
      method === 'calibrated'
        ? null
        : { method, columns: await peerColumns(method, ports, { reference: opened, current: table }, ignore) }
    return compareProfiles(profile, current, {
      budget,
      performance: followed.performance,
      ignore,
      source: opened ? 'table' : 'profile',
      findings: [...fileFindings(opened), ...fileFindings(table), ...followed.findings],
      ...(exact && { exact }),
      ...(peer && { peer }),
    })
  })
  const path = `.mlwright/drift/${report.current.name.replace(/[^\w-]+/g, '-')}.json`
  await ports.files.write(path, recordText(report))
  return { report, path }
}
