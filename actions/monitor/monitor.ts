import { type OpenDataset, scoredColumns } from '@mlwright/data'
import type { DriftReport, Finding, Ports, Profile } from '@mlwright/domain'
import { compareProfiles } from '@mlwright/drift'
import { lookHistory } from './budget-state.ts'
import { computational } from './computational.ts'
import { exactColumns } from './exact-columns.ts'
import { openSeen, type Seen } from './open-seen.ts'
import { peerColumns } from './peer-columns.ts'
import { performance } from './performance.ts'
import type { Reference } from './reference.ts'
import { rowCountFindings } from './row-count.ts'
import type { MonitorSettings } from './settings.ts'
import { tellApart } from './tell-apart.ts'
import { answerNames, answerRoles, profileSeen, withAnswers } from './with-answers.ts'

/** From this size on a test on 256 bins sees as much as one on the values, and costs a fraction. */
const exactRows = 200_000

/** Values that are not of the column's type count as missing and are tested as such: they are only a warning here. */
function fileFindings(opened: OpenDataset | null): Finding[] {
  return (opened?.findings ?? [])
    .filter(({ rule }) => rule !== 'no-rows')
    .map((finding) => (finding.rule === 'type' ? { ...finding, level: 'warn' } : finding))
}

/** In a prediction log score, decision and labels stand where they always do. */
function withLog(settings: MonitorSettings, seen: Seen, { answered }: Reference): MonitorSettings {
  if (!seen.logged || (settings.score === undefined && !answered)) return settings
  const { score = 'score', prediction = 'prediction', label, target } = settings
  const numbers = answered?.kind === 'numbers' || settings.task === 'regression'
  return { ...settings, ...(!numbers && { score }), prediction, label: label ?? target }
}

/** Columns that stand beside the features: they drift only where the reference has them too. */
function besides(
  settings: MonitorSettings,
  { table, labels, logged }: Seen,
  [reference, current]: readonly [Profile, Profile],
): string[] {
  const { score, prediction, label, target, model, key } = settings
  const known = new Set(reference.columns.map(({ name }) => name))
  const there = new Set(table.dataset.columns.map(({ name }) => name))
  const named = (names: readonly (string | undefined)[]) => names.filter((name) => name !== undefined)
  // Labels come later than the rows that they belong to.
  const arrived = new Set(current.columns.map((column) => column.name))
  const late = named([label, target]).filter((name) => !arrived.has(name))
  const scores = score?.includes('*') ? scoredColumns(table, score) : [score]
  const own = model === undefined ? [] : named([...scores, prediction, label, target, key])
  const flat = there.has('latency_ms') && there.has('timestamp')
  const ofLog = logged || flat ? ['request_id', 'timestamp', 'score', 'prediction'] : []
  const ofRequests = flat ? ['model', 'version', 'latency_ms', 'status', 'error'] : []
  return [
    ...late,
    ...[...own, ...named([settings.timestamp]), ...ofLog, ...ofRequests].filter((name) => !known.has(name)),
    ...(labels ? [key] : []),
  ]
}

/** Compares data with its reference. */
export async function monitor(given: MonitorSettings, ports: Ports, reference: Reference): Promise<DriftReport> {
  const { engine } = ports
  const { opened } = reference
  const { method, tests } = given
  const typed = reference.profile.columns.filter(({ count }) => count > 0)
  const types = new Map(typed.map(({ name, type }) => [name, type]))
  const seen = await openSeen(ports, given, types)
  const { table } = seen
  const settings = withLog(given, seen, reference)
  const names = answerNames(settings, seen.logged)
  const profile = withAnswers(reference.profile, reference.answers, names)
  const { own, current } = await profileSeen(engine, seen, reference.profile, profile, names.get('label'))
  const ignore = new Set([...settings.ignore, ...seen.hidden, ...besides(settings, seen, [profile, current])])
  const large = Math.max(profile.rows, current.rows) > exactRows
  const wanted = tests === 'exact' || (tests === 'auto' && !large)
  const exact = opened && wanted ? await exactColumns(engine, [opened, table], [profile, own], ignore) : null
  const rows = opened ? await tellApart(engine, [opened, table], [profile, own], ignore) : null
  const answers = new Set(names.values())
  const alike = profile.columns.filter(({ name, type }) => {
    const other = own.columns.find((column) => column.name === name)
    return other?.type === type && type !== 'date' && !ignore.has(name) && !answers.has(name)
  })
  const compared = { reference: profile.dataset, current: current.dataset }
  const history = settings.model === undefined ? null : await lookHistory(ports, settings.model, compared)
  const budget = { falseAlarms: settings.budget, runs: settings.runs, ...(history && { history: history.budget }) }
  const followed = await performance(settings, ports, reference, seen, alike)
  const answered = await computational(settings, ports, seen, profile)
  const peer =
    method === 'calibrated' ? null : await peerColumns(method, ports, { reference: opened, current: table }, ignore)
  return compareProfiles(profile, current, {
    budget,
    performance: followed.performance,
    computational: answered.computational,
    ignore,
    roles: answerRoles(names),
    source: opened ? 'table' : 'profile',
    rows,
    findings: [
      ...fileFindings(opened),
      ...fileFindings(table),
      ...seen.findings,
      ...rowCountFindings(current.dataset.name, current.rows, history?.rows ?? []),
      ...followed.findings,
      ...answered.findings,
    ],
    ...(exact && { exact }),
    ...(peer && { peer }),
  })
}
