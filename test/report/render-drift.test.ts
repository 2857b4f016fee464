import type { ColumnDrift, DriftReport } from '@mlwright/domain'
import { renderDrift } from '@mlwright/report'
import { describe, expect, it } from 'vitest'

const column = (more: Partial<ColumnDrift> = {}): ColumnDrift => ({
  type: 'number',
  drifted: false,
  reason: '',
  tests: { ks: { statistic: 0.031, p_value: 0.42, method: 'exact', alpha: 0.0096 } },
  effects: { ks: { name: 'largest difference of the distribution functions', value: 0.031, threshold: 0.05 } },
  distances: { wasserstein: 1.25, js: 0.02 },
  missing: { reference: 0, current: 0 },
  peer: null,
  ...more,
})

function report(more: Partial<DriftReport> = {}): DriftReport {
  return {
    kind: 'DriftReport',
    version: 1,
    reference: { name: 'train', digest: 'a', rows: 4000, source: 'profile' },
    current: { name: 'week 23', digest: 'b', rows: 512, source: 'table' },
    method: 'calibrated',
    budget: { false_alarms: 1, runs: 52, columns: 2, alpha: 0.0096, expected: 1 },
    verdict: 'pass',
    calibrated_verdict: 'pass',
    columns: { age: column(), plan: column({ type: 'string' }) },
    performance: null,
    definitions: {},
    findings: [],
    ...more,
  }
}

describe('renderDrift', () => {
  it('says in one sentence that nothing has drifted, folds the columns, and names the budget', () => {
    const text = renderDrift(report())
    expect(text).toContain('✅ **`week 23` against `train`** (512 rows against 4,000): no column has drifted.')
    expect(text).toContain('<summary>2 columns without drift</summary>')
    expect(text).toMatch(
      /Expected false alarms this year at this setting: 1, shared among 2 columns and 52 runs a year\./,
    )
  })

  it('shows drifted columns first, with the reason, whatever they are called', () => {
    const name = '<img src=x> | @octocat `#1`'
    const drifted = column({ drifted: true, reason: 'The distribution moved by 19.6 % (ks, p = 0.000012).' })
    const text = renderDrift(report({ verdict: 'fail', columns: { age: column(), [name]: drifted } }))
    expect(text).toContain('**: `` <img src=x> | @octocat `#1` `` has drifted.'.slice(4))
    expect(text).toContain('The distribution moved by 19.6 % (ks, p = 0.000012)')
    expect(text.indexOf('octocat')).toBeLessThan(text.indexOf('`age`'))
    expect(text.split('\n').filter((line) => line.startsWith('|') && line.includes('octocat'))).toHaveLength(1)
  })

  it('puts performance chunk by chunk, estimates in italics', () => {
    const metric = { low: null, high: null, threshold: 0.7, alert: false }
    const chunk = {
      first: 1,
      last: 250,
      labelled: 200,
      metrics: { accuracy: { ...metric, measured: 0.81, estimated: 0.8 } },
    }
    const later = {
      ...{ first: 251, last: 512, labelled: 0 },
      metrics: { accuracy: { ...metric, measured: null, estimated: 0.66, alert: true } },
    }
    const performance = { calibrated: true, reference: { accuracy: 0.82 }, chunks: [chunk, later] }
    const text = renderDrift(report({ verdict: 'warn', performance }))
    expect(text).toMatch(/\| 1 to 250 +\| +200 \| +0\.8100 \|/)
    expect(text).toMatch(/\| 251 to 512 \| +0 \| ⚠️ _0\.6600_ \|/)
  })

  it('puts the calibrated judgement beside another tool’s', () => {
    const peer = { method: 'wasserstein', scores: [0.21], threshold: 0.1, drifted: true }
    const text = renderDrift(report({ method: 'evidently', verdict: 'fail', columns: { age: column({ peer }) } }))
    expect(text).toContain('**`evidently`** decides here; the calibrated verdict is ✅ pass.')
    expect(text).toMatch(/\| `age` +\| `wasserstein` \| 0\.2100 \| +0\.1000 \| ❌ drift +\| ✅ +\|/)
  })
})
