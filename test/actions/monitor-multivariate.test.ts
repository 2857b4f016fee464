import { DriftReport } from '@mlwright/domain'
import { renderDrift } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { kindOfReason } from '../../actions/retrain/reason.ts'
import { monitoredRepository, shopConfig } from './monitored.ts'
import { project, type } from './project.ts'

let state = 11
const next = () => {
  state = (state * 16807) % 2147483647
  return (state + 0.5) / 2147483648
}
const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())

/** Visits whose amount rises with their minutes, or falls; each column by itself looks the same. */
function visits(rows: number, sign: 1 | -1, label = false): string {
  const lines = Array.from({ length: rows }, (_, id) => {
    const minutes = normal()
    const amount = Math.exp(sign * 0.7 * minutes + Math.sqrt(0.51) * normal())
    return [id, (10 + 3 * minutes).toFixed(3), amount.toFixed(3), next() < 0.3, ...(label ? ['no_'] : [])].join(',')
  })
  return `id,minutes,amount,returned${label ? ',bought' : ''}\n${lines.join('\n')}\n`
}

async function compared(before: string, now: string) {
  const folder = project({ 'a.csv': before, 'b.csv': now })
  const tables = ['--reference', 'a.csv', '--current', 'b.csv', '--ignore', 'id']
  const { code, stdout, said } = await type(folder, 'monitor', ...tables, '--json')
  return { code, said, report: DriftReport.parse(JSON.parse(stdout)) }
}

describe('a shift that no column shows alone', () => {
  it('is caught between two tables, by correlations and by a classifier', async () => {
    const { code, said, report } = await compared(visits(1500, 1), visits(700, -1))
    expect(code).toBe(1)
    expect(Object.values(report.columns).map(({ drifted }) => drifted)).toEqual([false, false, false])
    expect(report).toMatchObject({
      verdict: 'fail',
      budget: { columns: 3, multivariate: 1, alpha: 1 / (4 * 52) },
      multivariate: { drifted: true, rows: { reference: 1500, current: 700, seed: 1 } },
    })
    const { tests, importance } = report.multivariate!
    for (const name of ['correlation', 'classifier', 'reconstruction'])
      expect(tests[name]!.p_value).toBeLessThan(tests[name]!.alpha!)
    const most = importance.slice(0, 2).map(({ column }) => column)
    expect(most.sort()).toEqual(['amount', 'minutes'])
    expect(renderDrift(report)).toContain('no column has drifted alone, but the columns have together')
    expect(report.multivariate!.reason).toMatch(
      /The rank correlation of (minutes and amount|amount and minutes) went from 0\.6\d+ to -0\.6/,
    )
    expect(said).toContain('drift in the columns together')
    // Another training may help.
    expect(kindOfReason(report)).toBe('drift')
  })

  it('is caught by the classifier where no correlation shows it', async () => {
    // Amounts are in the middle in one plan and at both ends in the other, or the other way round.
    const table = (rows: number, turned: boolean) => {
      const lines = Array.from({ length: rows }, () => {
        const [pro, middle, side] = [next() < 0.5, next(), next() < 0.5]
        const amount = pro === turned ? 0.25 + middle / 2 : side ? middle / 4 : 1 - middle / 4
        return `${amount.toFixed(4)},${pro ? 'pro' : 'basic'}`
      })
      return `amount,plan\n${lines.join('\n')}\n`
    }
    const { report } = await compared(table(1200, false), table(900, true))
    expect(Object.values(report.columns).map(({ drifted }) => drifted)).toEqual([false, false])
    expect(report.multivariate!.drifted).toBe(true)
    expect(report.multivariate!.tests.correlation!.p_value).toBeGreaterThan(0.001)
    expect(report.multivariate!.reason).toMatch(
      /^A classifier tells the tables apart with an area .* by amount, plan|plan, amount\.$/,
    )
  })

  it('is silent without one', async () => {
    const { code, report } = await compared(visits(1500, 1), visits(700, 1))
    expect(code).toBe(0)
    expect(report.multivariate).toMatchObject({ drifted: false, reason: '' })
    expect(renderDrift(report)).toContain('The columns together, without drift')
  })

  it('is not seen in names and ids, which rows of both tables may share', async () => {
    const customers = (from: number) => {
      const lines = Array.from(
        { length: 900 },
        (_, i) => `c${from + i},p${i % 2},${next().toFixed(4)},${next().toFixed(4)}`,
      )
      return `customer,plan,amount,minutes\n${lines.join('\n')}\n`
    }
    const table = customers(0)
    for (const later of [table, customers(0), customers(5000)]) {
      const { code, report } = await compared(table, later)
      expect([code, report.multivariate!.drifted, report.columns.customer!.drifted]).toEqual([0, false, false])
    }
  })

  it('is caught from a profile between a text and a number too', async () => {
    const here = monitoredRepository()
    const table = (rows: number, turned: boolean) => {
      const lines = Array.from({ length: rows }, (_, id) => {
        const [pro, amount] = [id % 2 === 0, next()]
        return `${id},${(pro === turned ? amount ** 2 : Math.sqrt(amount)).toFixed(4)},${pro ? 'pro' : 'basic'},no_`
      })
      return `id,amount,plan,bought\n${lines.join('\n')}\n`
    }
    await here.release('v1.0.0', { 'profile.json': await here.profile(table(3000, false)) })
    await here.promote('v1.0.0')
    const { prepared } = await here.week({ 'seen.csv': table(900, true) })
    expect(prepared.said).toContain('the columns together')
    expect(prepared.runner.summaries.join()).toMatch(
      /The rank correlation of (amount and plan|plan and amount) went from/,
    )
  })

  it('is caught on a schedule from the released profile alone, and the issue says so until it is over', async () => {
    const here = monitoredRepository()
    await here.release('v1.0.0', { 'profile.json': await here.profile(visits(3000, 1, true)) })
    await here.promote('v1.0.0')
    const config = shopConfig()
    const { prepared } = await here.week({ 'seen.csv': visits(800, -1) }, { config })
    expect(prepared.said).toContain('churn: seen against churn@v1.0.0: fail, drift in the columns together.')
    const [issue] = here.issues.issues
    expect(issue).toMatchObject({ title: 'Data drift: churn', open: true })
    expect(issue!.body).toMatch(/^\*\*The columns have drifted together\*\* in `seen` \(800 rows\)/m)
    expect(issue!.body).toMatch(/The rank correlation of `?(minutes and amount|amount and minutes)/)
    expect(issue!.body).toContain('shared among 3 columns and all of them together.')
    await here.week({ 'seen.csv': visits(800, 1) }, { config })
    expect(here.issues.issues).toMatchObject([{ open: false }])
    expect(await here.points()).toEqual([
      ['20261109', 'fail'],
      ['20261116', 'pass'],
    ])
  })
})
