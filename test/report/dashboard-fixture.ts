import type { ChunkMetric, ColumnDrift, Computational, DriftReport } from '@mlwright/domain'
import type { DashboardInput, DashboardModel, DashboardRun } from '@mlwright/report'
import { evaluation } from './fixtures/evaluation.ts'
import { run, sha } from './fixtures/run.ts'

/** Unix seconds of a day. */
export const day = (text: string): number => Date.parse(`${text}T06:00:00Z`) / 1000

function column(value: number, drifted: boolean): ColumnDrift {
  return {
    type: 'number',
    drifted,
    reason: drifted ? 'The distribution has moved.' : '',
    tests: { ks: { statistic: value, p_value: drifted ? 1e-6 : 0.4, method: 'asymptotic', alpha: 0.001 } },
    effects: { ks: { name: 'ks', value, threshold: 0.1 } },
    distances: { wasserstein: value * 3 },
    missing: { reference: 0, current: 0 },
    peer: null,
  }
}

const measured = (value: number | null, estimated: number, alert: boolean): ChunkMetric => ({
  measured: value,
  low: null,
  high: null,
  estimated,
  threshold: 0.8,
  alert,
})

/** One look at production: how far two columns moved, and what the model was worth. */
export function driftReport(tenure: number, charges: number, auc: readonly [number | null, number]): DriftReport {
  const moved = [tenure, charges].some((value) => value >= 0.1)
  return {
    kind: 'DriftReport',
    version: 1,
    reference: { name: 'profile.json', digest: sha('a', 64), rows: 5634, source: 'profile' },
    current: { name: 'january.parquet', digest: sha('b', 64), rows: 1200, source: 'table' },
    method: 'calibrated',
    budget: { false_alarms: 1, runs: 52, columns: 2, alpha: 0.01, expected: 0.9 },
    verdict: moved ? 'fail' : 'pass',
    calibrated_verdict: moved ? 'fail' : 'pass',
    columns: { tenure: column(tenure, tenure >= 0.1), monthly_charges: column(charges, charges >= 0.1) },
    performance: {
      calibrated: true,
      reference: { roc_auc: 0.84 },
      chunks: [
        {
          first: 1,
          last: 1200,
          labelled: auc[0] === null ? 0 : 1200,
          metrics: { roc_auc: measured(...auc, auc[1] < 0.8) },
        },
      ],
    },
    definitions: {},
    findings: [],
  }
}

/** How production answered: the 95th percentile of the latency beside its limit, and no failures. */
export function answering(p95: number): Computational {
  const metric = { from: 'log', bound: 'most' } as const
  return {
    from: null,
    to: null,
    seconds: 86_400,
    requests: 1200,
    metrics: {
      latency_p95_ms: { ...metric, value: p95, limit: 50, alert: p95 > 50 },
      error_rate: { ...metric, value: p95 > 50 ? 0.002 : null, limit: null, alert: false },
    },
    chunks: [],
  }
}

/** A run with a metric's value and params of its own; null where training left no model. */
export function dashboardRun(
  at: string,
  auc: number | null,
  params: Record<string, string | number | boolean>,
): DashboardRun {
  const id = `${at.replaceAll('-', '')}T060000Z-1a2b3c4d`
  return {
    at: day(at),
    run: {
      ...run,
      id,
      train: { algorithm: 'gradient-boosting', params, seed: 7 },
      failure: auc === null ? 'It ran out of memory.' : null,
    },
    evaluation:
      auc === null
        ? null
        : {
            ...evaluation,
            run: id,
            metrics: {
              roc_auc: { value: auc, low: null, high: null },
              log_loss: { value: 1 - auc, low: null, high: null },
            },
          },
  }
}

const runs = [
  dashboardRun('2026-01-05', 0.8291, { rounds: 50, learning_rate: 0.1 }),
  dashboardRun('2026-01-19', 0.8412, { rounds: 1000, learning_rate: 0.05 }),
  dashboardRun('2026-02-02', null, { rounds: 200 }),
  dashboardRun('2026-03-16', 0.8377, { rounds: 200, learning_rate: 0.1, growth: 'leaf' }),
]

export const churn: DashboardModel = {
  name: 'churn',
  deprecated: false,
  versions: [
    {
      version: 'v1.1.0',
      tag: 'churn@v1.1.0',
      at: day('2026-03-17'),
      commit: sha('3', 40),
      active: true,
      run: runs[3]!.run.id,
    },
    {
      version: 'v1.0.0',
      tag: 'churn@v1.0.0',
      at: day('2026-01-06'),
      commit: sha('2', 40),
      active: false,
      run: runs[0]!.run.id,
    },
  ],
  stages: { production: 'v1.1.0' },
  events: {
    found: [
      {
        at: day('2026-01-07'),
        stage: 'production',
        event: 'assignment',
        version: 'v1.0.0',
        commit: sha('2', 40),
        tag: 'churn#production#1',
        by: 'Alice',
        holds: 'v1.0.0',
      },
      {
        at: day('2026-03-18'),
        stage: 'production',
        event: 'assignment',
        version: 'v1.1.0',
        commit: sha('3', 40),
        tag: 'churn#production#2',
        by: 'Bob',
        holds: 'v1.1.0',
      },
    ],
    total: 2,
  },
  runs: { found: runs, total: 4 },
  history: runs.map(({ at, evaluation, run }, index) => ({
    at,
    run: run.id,
    commit: sha(String(index + 1), 40),
    metrics: { roc_auc: evaluation?.metrics.roc_auc?.value ?? null },
  })),
  monitoring: {
    found: [
      { at: day('2026-01-31'), report: driftReport(0.03, 0.02, [0.836, 0.838]) },
      { at: day('2026-02-28'), report: { ...driftReport(0.05, 0.14, [0.821, 0.828]), computational: answering(38) } },
      { at: day('2026-03-31'), report: { ...driftReport(0.08, 0.21, [null, 0.774]), computational: answering(71.5) } },
    ],
    total: 3,
  },
  problems: [],
}

export const emptyModel: DashboardModel = {
  name: 'idle',
  deprecated: true,
  versions: [],
  stages: {},
  events: { found: [], total: 0 },
  runs: { found: [], total: 0 },
  history: [],
  monitoring: { found: [], total: 0 },
  problems: [],
}

export const dashboard: DashboardInput = {
  title: 'acme/telco',
  written: day('2026-04-01'),
  repositoryUrl: 'https://github.com/acme/telco',
  defaultBranch: 'main',
  models: [churn, emptyModel],
}
