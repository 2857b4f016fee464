import type { DriftReport } from '@mlwright/domain'
import { driftMarker, driftSince, renderDriftCleared, renderDriftIssue } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { driftReport } from './dashboard-fixture.ts'
import { prose, rendered } from './rendered.ts'

const good = [0.84, 0.84] as const
const point = (date: string, report: DriftReport) => ({ id: `${date.replaceAll('-', '')}T043000Z-1a2b3c4d`, report })
const weeks = [
  point('2026-01-05', driftReport(0.12, 0.02, good)),
  point('2026-01-12', driftReport(0.03, 0.02, good)),
  point('2026-01-19', driftReport(0.03, 0.15, good)),
  point('2026-01-26', driftReport(0.18, 0.21, good)),
]
const issueOf = (points = weeks, thisYear = points.length) =>
  renderDriftIssue({ model: 'churn', points, thisYear, runUrl: 'https://github.com/acme/telco/actions/runs/7' })

describe('the issue about drift', () => {
  it('says which columns, how far, how sure, since when and what was spent', () => {
    const { title, body } = issueOf()
    expect(title).toBe('Data drift: churn')
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        '<!-- mlwright:drift model=churn -->',
        '<!-- mlwright:since 20260119T043000Z-1a2b3c4d -->',
        '**`tenure` and `monthly_charges` have drifted** in `january.parquet` (1,200 rows) against `profile.json` (5,634), since 2026-01-19 (2 runs without a break).',
        '| `tenure` | 18.0% (`ks`) | 10.0% | `ks` | 0.0000010 | 0.0010 | 2026-01-26 |',
        '| `monthly_charges` | 21.0% (`ks`) | 10.0% | `ks` | 0.0000010 | 0.0010 | 2026-01-19 |',
        '    title "monthly_charges"',
        '    x-axis "runs until the newest" 1 --> 4',
        '    y-axis "effect" 0 --> 0.231',
        '    line [0.02, 0.02, 0.15, 0.21]',
        '    line [0.1, 0.1, 0.1, 0.1]',
        '**Error budget**: 4 runs this year, of 52, spent 0.0692 of 0.9 expected false alarms, shared among 2 columns.',
      ]),
    )
    expect(body).toContain('[The last run](https://github.com/acme/telco/actions/runs/7) looked on 2026-01-26.')
  })

  it('tells where its drift began from its second line alone', () => {
    expect(driftSince(issueOf().body)).toBe('20260119T043000Z-1a2b3c4d')
    expect(driftSince('<!-- mlwright:drift model=churn -->\nEdited\n<!-- mlwright:since 2026 -->')).toBeNull()
    expect(driftMarker('a --> b')).toBe('<!-- mlwright:drift model=a----b -->')
  })

  it('says `or earlier` where all that is known drifts, and draws nothing of a single run', () => {
    expect(issueOf(weeks.slice(2)).body).toContain('since 2026-01-19 or earlier (2 runs without a break)')
    const { body } = issueOf(weeks.slice(0, 1))
    expect(body).toContain('since 2026-01-05 (1 run without a break)')
    expect(body).not.toContain('mermaid')
  })

  it('is about the performance where no column has drifted', () => {
    const { title, body } = issueOf([weeks[1]!, point('2026-01-19', driftReport(0.02, 0.02, [0.76, 0.77]))])
    expect(title).toBe('Performance drop: churn')
    expect(body).toContain('**The performance is worse than the reference in 1 of 1 chunk** in `january.parquet`')
  })

  it('says how long it lasted when it is over', () => {
    const over = [...weeks, point('2026-02-02', driftReport(0.01, 0.01, good))]
    expect(renderDriftCleared(over)).toBe(
      'No drift any more: `january.parquet` (1,200 rows) fits `profile.json`, looked at on 2026-02-02. It had lasted from 2026-01-19 to 2026-01-26.',
    )
  })

  it.each([
    'EVIL @acme/everyone fixes #1 https://evil.example/EVIL',
    'EVIL|`x`|@acme|\n\n# EVIL\n\n- fixes #1',
    '<!-- mlwright:drift model=other --> EVIL <script>EVIL</script> [EVIL](https://evil.example)',
    '```\nEVIL\n```\n"] --> EVIL',
  ])('lets nothing of %j out of its code span', (attack) => {
    const evil = (report: DriftReport): DriftReport => {
      const { tenure } = report.columns
      const effects = { [attack]: { ...tenure!.effects.ks!, name: attack } }
      const column = { ...tenure!, reason: attack, tests: { [attack]: tenure!.tests.ks! }, effects }
      const fact = { column: attack, location: null, count: null, share: null, examples: [] }
      return {
        ...report,
        reference: { ...report.reference, name: attack },
        current: { ...report.current, name: attack },
        columns: { [attack]: column },
        findings: [{ rule: attack, level: 'fail', message: attack, ...fact }],
      }
    }
    const points = weeks.map(({ id }) => ({ id, report: evil(driftReport(0.2, 0.2, good)) }))
    for (const text of [issueOf(points).body, renderDriftCleared(points)]) {
      expect(prose(rendered(text))).not.toMatch(/EVIL|evil|fixes/)
      expect(text.match(/<!-- mlwright:drift/g)?.length ?? 0).toBeLessThanOrEqual(1)
    }
    const drawn = /```mermaid\n([\s\S]*?)\n```/.exec(issueOf(points).body)![1]!.split('\n')
    expect(drawn[2]).toMatch(/^ {4}title "[\w .-]*"$/)
    expect(drawn).toHaveLength(7)
  })

  it('fits into what an issue holds', () => {
    const report = driftReport(0.2, 0.2, good)
    const columns = Object.fromEntries(
      Array.from({ length: 3000 }, (_, i) => [`${'column '.repeat(8)}${i}`, report.columns.tenure!]),
    )
    expect(issueOf(weeks.map(({ id }) => ({ id, report: { ...report, columns } }))).body.length).toBeLessThan(65_536)
  })
})
