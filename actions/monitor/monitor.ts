import { type OpenDataset, profileAgainst } from '@mlwright/data'
import type { DriftReport, Finding, Ports, Profile } from '@mlwright/domain'
import { compareProfiles } from '@mlwright/drift'
import { exactColumns } from './exact-columns.ts'
import { peerColumns } from './peer-columns.ts'
import { performance } from './performance.ts'
import { openTable, type Reference } from './reference.ts'
import type { MonitorSettings } from './settings.ts'

/** From this size on a test on 256 bins sees as much as one on the values, and costs a fraction. */
const exactRows = 200_000

/** Values that are not of the column's type count as missing and are tested as such: they are only a warning here. */
function fileFindings(opened: OpenDataset | null): Finding[] {
  return (opened?.findings ?? [])
    .filter(({ rule }) => rule !== 'no-rows')
    .map((finding) => (finding.rule === 'type' ? { ...finding, level: 'warn' } : finding))
}

/** Columns that stand beside the features: they drift only where the reference has them too. */
function besides(settings: MonitorSettings, reference: Profile, current: OpenDataset): string[] {
  const { score, prediction, label, target, labels, key } = settings
  const known = new Set(reference.columns.map(({ name }) => name))
  const there = new Set(current.dataset.columns.map(({ name }) => name))
  const mine = [score, prediction, label, target].filter((name) => name !== undefined)
  // Labels come later than the rows that they belong to.
  const late = [label, target].filter((name) => name !== undefined).filter((name) => !there.has(name))
  const own = mine.filter((name) => !known.has(name))
  const joined = labels !== undefined || (target !== undefined && !known.has(key)) ? [key] : []
  return [...late, ...(target === undefined ? [] : own), ...joined]
}

/** Compares data with its reference. */
export async function monitor(settings: MonitorSettings, ports: Ports, reference: Reference): Promise<DriftReport> {
  const { engine } = ports
  const { profile, opened } = reference
  const { method, tests } = settings
  const types = new Map(profile.columns.map(({ name, type }) => [name, type]))
  const table = await openTable(ports, settings.current, types)
  const ignore = new Set([...settings.ignore, ...besides(settings, profile, table)])
  const current = await profileAgainst(engine, table, profile)
  const large = Math.max(profile.rows, current.rows) > exactRows
  const wanted = tests === 'exact' || (tests === 'auto' && !large)
  const exact = opened && wanted ? await exactColumns(engine, [opened, table], [profile, current], ignore) : null
  const budget = { falseAlarms: settings.budget, runs: settings.runs }
  const followed = await performance(settings, ports, reference, table, budget)
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
}
