import { createHash } from 'node:crypto'
import { type DashboardInput, renderDashboard } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { axisTicks } from '../../packages/report/src/dashboard/axis.ts'
import { columnTrends } from '../../packages/report/src/dashboard/column-trend.ts'
import { productionChunks } from '../../packages/report/src/dashboard/production-chunks.ts'
import { timeTicks } from '../../packages/report/src/dashboard/time-ticks.ts'
import { churn, dashboard, dashboardRun, day, driftReport, emptyModel } from './dashboard-fixture.ts'

const withChurn = (changes: Partial<typeof churn>): DashboardInput => ({
  ...dashboard,
  models: [{ ...churn, ...changes }],
})

/** What a reader sees: text without tags, styles and scripts. */
const seen = (page: string) =>
  page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')

/** The body of the table whose caption has this id, as rows of cells. */
function rowsOf(page: string, id: string): string[][] {
  const [table = ''] = new RegExp(`<caption id="${id}">[\\s\\S]*?</table>`).exec(page) ?? []
  const [, body = ''] = /<tbody>([\s\S]*)<\/tbody>/.exec(table) ?? []
  const cells = (row: string) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell]) => seen(cell!).trim())
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row]) => cells(row!))
}

describe('the page', () => {
  const page = renderDashboard(dashboard)

  it('shows what is registered, and which stages it holds', () => {
    expect(rowsOf(page, 'model-0-versions-table').map((row) => row.slice(0, 4))).toEqual([
      ['v1.1.0', '2026-03-17 06:00', 'production', 'active'],
      ['v1.0.0', '2026-01-06 06:00', '–', 'deregistered'],
    ])
  })

  it('shows what was in a stage when, newest first', () => {
    expect(rowsOf(page, 'model-0-deployments-table').map((row) => row.slice(0, 6))).toEqual([
      ['2026-03-18 06:00', 'production', 'put in', 'v1.1.0', 'v1.1.0', 'Bob'],
      ['2026-01-07 06:00', 'production', 'put in', 'v1.0.0', 'v1.0.0', 'Alice'],
    ])
  })

  it('shows every run with its metrics and params, the primary metric first', () => {
    const rows = rowsOf(page, 'model-0-experiments-table')
    expect(rows[0]!.slice(0, 11)).toEqual([
      ...['20260316T060000Z-1a2b3c4d', '2026-03-16 06:00', '✓ pass', 'v1.1.0', '0.8377', '0.1623', 'gradient-boosting'],
      ...['200', '0.1', 'leaf', '7'],
    ])
    expect(rows[1]!.slice(2, 11)).toEqual(['no model', '–', '–', '–', 'gradient-boosting', '200', '–', '–', '7'])
  })

  it('draws the primary metric on the default branch, with a gap where there was no model, and says it in words', () => {
    const [chart = ''] = /<svg class="trend"[\s\S]*?<\/svg>/.exec(page) ?? []
    expect(chart).toContain('Value: 3 points, lowest 0.8291, highest 0.8412, last 0.8377.')
    expect(chart.match(/<polyline/g)).toHaveLength(2)
    expect(rowsOf(page, 'model-0-history-table').map(([at, value]) => [at!.slice(0, 10), value])).toEqual([
      ['2026-03-16', '0.8377'],
      ['2026-02-02', '–'],
      ['2026-01-19', '0.8412'],
      ['2026-01-05', '0.8291'],
    ])
  })

  it('shows drift column by column, those that drifted most often first', () => {
    expect(rowsOf(page, 'model-0-drift-table').map(([column, , ...cells]) => [column, ...cells])).toEqual([
      ['monthly_charges', '▲ drift', 'ks 21.0%', '10.0%', '2.100', '2 of 3', '2026-02-28 06:00'],
      ['tenure', 'no drift', 'ks 8.0%', '10.0%', '0.8000', '0 of 3', '–'],
    ])
    expect(rowsOf(page, 'model-0-drift-table-points')[1]).toEqual([
      ...['2026-02-28 06:00', '✗ fail', 'january.parquet', '1,200', '▲ drift 1.400', '0.5000'],
    ])
    expect(page).toContain('aria-label="Effect as a share of its threshold, oldest first: 0.2000, 1.400, 2.100"')
  })

  it('says what was wrong with the data that was looked at last', () => {
    const [point] = churn.monitoring.found
    const finding = {
      rule: 'column-gone',
      level: 'fail',
      column: 'tenure',
      message: 'The column tenure is gone.',
    } as const
    const rest = { location: null, count: null, share: null, examples: [] }
    const report = { ...point!.report, findings: [{ ...finding, ...rest }] }
    const page = renderDashboard(withChurn({ monitoring: { found: [{ ...point!, report }], total: 1 } }))
    expect(seen(page)).toContain('✗ fail : The column tenure is gone.')
  })

  it('shows performance as it was measured, else estimated, with alerts in words', () => {
    expect(rowsOf(page, 'model-0-performance-table')).toEqual([
      ['2026-03-31 06:00', '1 to 1,200', '0', '▲ alert 0.7740, estimated'],
      ['2026-02-28 06:00', '1 to 1,200', '1,200', '0.8210'],
      ['2026-01-31 06:00', '1 to 1,200', '1,200', '0.8360'],
    ])
    expect(page).toContain(
      'Estimated: 3 points, lowest 0.7740, highest 0.8380, last 0.7740, 1 alarm. Reference: 0.8400.',
    )
  })

  it('shows how requests were answered over time, with what is beyond its limit in words', () => {
    expect(rowsOf(page, 'model-0-requests-table')).toEqual([
      ['2026-03-31 06:00', '1,200', '▲ beyond its limit 71.50 ms', '0.20%'],
      ['2026-02-28 06:00', '1,200', '38.00 ms', '–'],
    ])
    expect(seen(page)).toContain('Latency, 95th percentile; the level line is its limit, squares are beyond it.')
  })

  it('says how to get what is not there', () => {
    const said = seen(renderDashboard({ ...dashboard, models: [emptyModel] }))
    for (const sentence of [
      'This model is deprecated.',
      'No version is registered yet; the action register , or a merge, makes the first one.',
      'No version has been in a stage yet;',
      'No run is recorded yet;',
      'No evaluated run of main is recorded yet;',
      'There are no monitoring points of this model yet: run the action monitor on a schedule,',
    ])
      expect(said).toContain(sentence)
    expect(seen(renderDashboard({ ...dashboard, models: [] }))).toContain('There is no model yet:')
    const { report, at } = churn.monitoring.found[0]!
    const unscored = { found: [{ at, report: { ...report, performance: null } }], total: 1 }
    expect(seen(renderDashboard(withChurn({ monitoring: unscored })))).toContain(
      'No monitoring point of this model holds performance:',
    )
  })

  it('says how many are left out', () => {
    const page = renderDashboard(
      withChurn({
        runs: { ...churn.runs, total: 1204 },
        events: { ...churn.events, total: 310 },
        monitoring: { ...churn.monitoring, total: 52 },
        problems: ['runs/churn/x/run.json is not JSON; delete it.'],
      }),
    )
    const said = seen(page)
    expect(said).toContain('the newest 4 of 1,204 runs')
    expect(said).toContain('the newest 2 of 310 moves')
    expect(said).toContain('the newest 3 of 52 points')
    expect(said).toContain('runs/churn/x/run.json is not JSON; delete it.')
  })

  it('links to the repository where there is one, and nowhere else', () => {
    const targets = new Set(
      [...page.matchAll(/href="([^"#]+)/g)].map(([, target]) => target!.split('/').slice(0, 5).join('/')),
    )
    expect([...targets]).toEqual(['https://github.com/acme/telco'])
    expect(renderDashboard({ ...dashboard, repositoryUrl: null })).not.toContain('href="http')
    expect(page).toContain('/tree/churn%23production%232"')
  })

  it('has each id once, and every reference leads to one', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const references = [...page.matchAll(/(?:aria-labelledby|aria-describedby|href)="#?([\w-]+)"/g)].map(
      ([, id]) => id!,
    )
    expect(references.filter((id) => !ids.includes(id))).toEqual([])
  })
})

describe('values that are not ours', () => {
  const attacks = [
    '<img src=x onerror=alert(1)>"\'&lt;script>alert(1)</script>',
    '</style></script></title></svg></table>',
    '" onmouseover="alert(1)" style="x',
    'javascript:alert(1)',
    '\u202eevil\u0000\n\r\u2028`${',
    '__proto__',
    'constructor',
  ]
  const ours = new Set(['verdict', 'calibrated_verdict', 'event', 'repositoryUrl', 'type', 'method', 'kind'])

  /** Every text and every key that a record chooses replaced. */
  function poisoned<T>(value: T, attack: string): T {
    const chosen = ['metrics', 'params', 'columns', 'effects', 'tests', 'stages']
    const walk = (node: unknown, key: string): unknown => {
      if (typeof node === 'string') return ours.has(key) ? node : attack
      if (Array.isArray(node)) return node.map((item) => walk(item, key))
      if (node === null || typeof node !== 'object') return node
      const copy: Record<string, unknown> = {}
      for (const [index, [name, item]] of Object.entries(node).entries())
        Object.defineProperty(copy, chosen.includes(key) || 'roc_auc' in node ? `${attack}${index || ''}` : name, {
          value: walk(item, name),
          enumerable: true,
        })
      return copy
    }
    return walk(value, '') as T
  }

  const skeleton = (page: string) => page.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '').match(/<\/?[a-zA-Z!][^\s>]*/g)
  const attributes = (page: string) =>
    new Set(
      [...page.matchAll(/<[a-z][^\s>]*((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>/gi)].flatMap(([, all = '']) =>
        [...all.replace(/"[^"]*"/g, '').matchAll(/[\w:-]+/g)].map(([name]) => name),
      ),
    )

  it.each(attacks)('stay text: %j', (attack) => {
    const page = renderDashboard(poisoned(dashboard, attack))
    const plain = renderDashboard(poisoned(dashboard, 'x'))
    expect(skeleton(page)).toEqual(skeleton(plain))
    expect([...attributes(page)].sort()).toEqual([...attributes(plain)].sort())
    for (const character of '\u202e\u2028\0') expect(page).not.toContain(character)
    expect(page).not.toContain('href="javascript')
  })

  it('that are numbers of any size draw and say no NaN', () => {
    for (const auc of [1e308, -1e308, 5e-324, 0]) {
      const run = dashboardRun('2026-01-05', auc, { rounds: 1e300 })
      const history = [0.5, auc].map((value, at) => ({
        at: day('2026-01-05') + at,
        run: 'x',
        commit: 'y',
        metrics: { roc_auc: value },
      }))
      const report = driftReport(auc, 0, [auc, auc])
      const page = renderDashboard(
        withChurn({
          runs: { found: [run], total: 1 },
          history,
          monitoring: { found: [{ at: Number.NaN, report }], total: 1 },
        }),
      )
      expect(page.replace(/<script>[\s\S]*?<\/script>/, '')).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it('meet a policy that lets only our own style and script run', () => {
    const page = renderDashboard(dashboard)
    const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? []
    const digest = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? []
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    }
    expect(policy).toBe(
      `default-src 'none'; script-src ${digest('script')}; style-src ${digest('style')}; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(/ (style|on\w+)="| src="|@import|url\(/)
  })
})

describe('the columns of a history', () => {
  it('stand by how often they drifted, what they do together last', () => {
    const base = driftReport(0.02, 0.3, [0.83, 0.83])
    const together = { drifted: true, effects: { correlation: { name: 'change', value: 0.4, threshold: 0.1 } } }
    const report = {
      ...base,
      columns: { ...base.columns, left: { ...base.columns.tenure!, role: 'label' as const } },
      multivariate: { ...together, reason: '', tests: {}, pairs: [], importance: [], reconstruction: null, rows: null },
    }
    const trends = columnTrends([
      { at: 1, report: base },
      { at: 2, report: report as never },
    ])
    expect(trends.map(({ column, role, points }) => [column, role, points.map((point) => point?.drifted)])).toEqual([
      ['monthly_charges', undefined, [true, true]],
      ['tenure', undefined, [false, false]],
      ['left', 'label', [undefined, false]],
      ['the columns together', 'together', [undefined, true]],
    ])
  })
})

describe('chunks of looks that overlap', () => {
  const look = (at: string, ...times: readonly (readonly [from: string | null, to: string | null])[]) => {
    const report = driftReport(0.02, 0.03, [0.83, 0.83])
    const [chunk] = report.performance!.chunks
    const chunks = times.map(([from, to], place) => ({ ...chunk!, first: place + 1, from, to }))
    return { at: day(at), report: { ...report, performance: { ...report.performance!, chunks } } }
  }

  it('stand once, as the first look that saw them has them', () => {
    const found = [
      look(
        '2026-03-01',
        ['2026-01-01T00:00:00Z', '2026-01-31T00:00:00Z'],
        ['2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z'],
      ),
      look(
        '2026-04-01',
        ['2026-02-02T00:00:00Z', '2026-03-01T00:00:00Z'],
        ['2026-03-02T00:00:00Z', '2026-03-31T00:00:00Z'],
      ),
    ]
    expect(productionChunks(found).map(({ at, answered }) => [at, answered])).toEqual([
      [day('2026-03-01'), Date.UTC(2026, 0, 31) / 1000],
      [day('2026-03-01'), Date.UTC(2026, 1, 28) / 1000],
      [day('2026-04-01'), Date.UTC(2026, 2, 31) / 1000],
    ])
  })

  it('all stand where no time is known', () => {
    expect(
      productionChunks([look('2026-03-01', [null, null], [null, null]), look('2026-04-01', [null, null])]),
    ).toHaveLength(3)
  })
})

describe('an axis of time', () => {
  const labels = (from: string, to: string) => timeTicks(day(from), day(to)).map(({ label }) => label)

  it('has years, months or days, whichever fit', () => {
    expect(labels('2007-01-01', '2016-08-31')).toEqual(['2008', '2010', '2012', '2014', '2016'])
    expect(labels('2025-11-10', '2026-04-10')).toEqual(['2025-12', '2026-01', '2026-02', '2026-03', '2026-04'])
    expect(labels('2026-02-26', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
    expect(labels('1800-01-01', '2026-03-02').length).toBeLessThan(8)
    expect(labels('2026-03-02', '2026-03-02')).toEqual([])
  })
})

describe('an axis', () => {
  it('has round numbers that enclose its values', () => {
    expect(axisTicks(0.8291, 0.8412)).toEqual([0.825, 0.83, 0.835, 0.84, 0.845])
    expect(axisTicks(-3, 17)).toEqual([-5, 0, 5, 10, 15, 20])
    expect(axisTicks(1, 1)).toEqual([0.9, 0.95, 1, 1.05, 1.1])
    expect(axisTicks(0, 0)).toEqual([-1, -0.5, 0, 0.5, 1])
    expect(axisTicks(-1e308, 1e308)).toEqual([-1e308, 1e308])
  })
})
