import {
  type ColumnDrift,
  type Computational,
  type DriftReport,
  type Finding,
  type PeerDrift,
  type Performance,
  type Profile,
  type Verdict,
  worst,
} from '@mlwright/domain'
import { compareColumns } from './compare-columns.ts'
import { distanceDefinitions } from './distances.ts'
import { defaultBudget, type ErrorBudget, spendBudget } from './error-budget.ts'
import type { ExactNumbers } from './exact-numbers.ts'
import { judgeColumn } from './judge-column.ts'
import { compareJoint } from './multivariate/compare-joint.ts'
import { judgeMultivariate, type RowComparisons } from './multivariate/judge-multivariate.ts'
import { isOfType, schemaFindings } from './schema-findings.ts'
import { defaultThresholds, type Thresholds } from './thresholds.ts'

export interface DriftOptions {
  readonly budget?: ErrorBudget
  readonly thresholds?: Thresholds
  /** Columns that are left out, such as ids that rise by themselves. */
  readonly ignore?: ReadonlySet<string>
  /** Tests on the values themselves, by column, where both tables are at hand. */
  readonly exact?: ReadonlyMap<string, ExactNumbers>
  /** What the reference was; default `profile`. */
  readonly source?: 'table' | 'profile'
  /** Columns that hold what a model answered, or what was true. */
  readonly roles?: ReadonlyMap<string, NonNullable<ColumnDrift['role']>>
  /** What is wrong with the files; they count like the report's own. */
  readonly findings?: readonly Finding[]
  /** Follows the performance at the level that is its share of the budget. */
  readonly performance?: ((alpha: number) => Performance) | null
  /** How requests were answered, judged by declared limits. */
  readonly computational?: Computational | null
  /** What another tool says by column; the verdict then follows its rule for the dataset. */
  readonly peer?: {
    readonly method: 'evidently' | 'nannyml'
    readonly columns: ReadonlyMap<string, PeerDrift>
    /** What it says of the columns together. */
    readonly multivariate?: PeerDrift | null
  }
  /** Whether rows of the tables differ, where both are at hand. */
  readonly rows?: Partial<RowComparisons> | null
}

/** Evidently calls a dataset drifted from half of its columns on; NannyML alerts column by column. */
function peerVerdict({ method, columns, multivariate }: NonNullable<DriftOptions['peer']>): Verdict {
  const drifted = [...columns.values(), ...(multivariate ? [multivariate] : [])].filter((each) => each.drifted).length
  const limit = method === 'evidently' ? Math.max(1, columns.size / 2) : 1
  return drifted >= limit ? 'fail' : 'pass'
}

const without = (profile: Profile, ignore: ReadonlySet<string>): Profile => ({
  ...profile,
  columns: profile.columns.filter(({ name }) => !ignore.has(name)),
})

/**
 * Compares a dataset with its reference. A column has drifted only where a calibrated test rejects within the error
 * budget and the change is large enough to matter. The verdict is `fail` where a column has drifted, is gone or has
 * another type, or there are no rows; `warn` for a new column or
 * performance outside of what the reference shows. Throws `UserError` RECORD_INVALID where the current
 * profile was not made on the reference's edges.
 */
export function compareProfiles(before: Profile, now: Profile, options: DriftOptions = {}): DriftReport {
  const { budget = defaultBudget, thresholds = defaultThresholds, ignore = new Set(), source = 'profile' } = options
  const reference = without(before, ignore)
  const current = without(now, ignore)
  const there = new Map(current.columns.map((column) => [column.name, column]))
  const pairs = reference.columns.flatMap((column) => {
    const other = there.get(column.name)
    return other && isOfType(column, other.type) ? [[column, other] as const] : []
  })
  const { classifier = null, reconstruction = null } = options.rows ?? {}
  const { history } = budget
  const inPairs = compareJoint(reference, current, thresholds.correlation)
  const together = pairs.length > 0 && (inPairs ?? classifier ?? reconstruction) !== null ? 1 : 0
  const followed = options.performance ? 1 : 0
  const shares = pairs.length + together + followed
  const { alpha, expected } = spendBudget(budget, shares)
  const columns = pairs.map(([a, b]) => {
    const comparison = compareColumns(a, b, thresholds, options.exact?.get(a.name))
    const peer = options.peer?.columns.get(a.name) ?? null
    return [a.name, judgeColumn(a, b, comparison, alpha, peer, options.roles?.get(a.name))] as const
  })
  const findings = [...schemaFindings(reference, current), ...(options.findings ?? [])]
  // What a column shows alone would show in its pairs too.
  const alone = new Set(columns.flatMap(([name, column]) => (column.drifted ? [name] : [])))
  const joint = inPairs && alone.size > 0 ? compareJoint(reference, current, thresholds.correlation, alone) : inPairs
  const multivariate = judgeMultivariate(
    joint,
    { classifier, reconstruction },
    alpha,
    options.peer?.multivariate ?? null,
  )
  const drifted = multivariate?.drifted || alone.size > 0
  const { computational = null } = options
  const performance = options.performance?.(alpha) ?? null
  const beyond = Object.values(computational?.metrics ?? {}).some(({ alert }) => alert)
  const worse = performance?.chunks.some(({ metrics }) => Object.values(metrics).some(({ alert }) => alert)) ?? false
  const levels = findings.map(({ level }) => level)
  const calibrated = worst([drifted || beyond ? 'fail' : worse ? 'warn' : 'pass', ...levels])
  return {
    kind: 'DriftReport',
    version: 1,
    reference: { ...reference.dataset, rows: reference.rows, source },
    current: { ...current.dataset, rows: current.rows, source: 'table' },
    method: options.peer?.method ?? 'calibrated',
    budget: {
      false_alarms: budget.falseAlarms,
      runs: budget.runs,
      columns: pairs.length,
      multivariate: together,
      performance: followed,
      alpha,
      expected,
      ...(history && {
        spent: history.spent + Math.max(history.again, alpha * shares),
        looks: history.looks + 1,
      }),
    },
    verdict: options.peer ? worst([peerVerdict(options.peer), beyond ? 'fail' : 'pass', ...levels]) : calibrated,
    calibrated_verdict: calibrated,
    columns: Object.fromEntries(columns),
    multivariate,
    performance,
    computational,
    definitions: { ...distanceDefinitions },
    findings,
  }
}
