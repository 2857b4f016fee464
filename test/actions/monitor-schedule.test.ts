import { Records } from '@mlwright/tracking'
import { describe, expect, test } from 'vitest'
import { github, portsOf } from '../github/fixture.ts'
import { monitoredRepository, shopConfig, shopVisits } from './monitored.ts'

const calm = { 'seen.csv': shopVisits(300, { label: false }) }
const shifted = { 'seen.csv': shopVisits(300, { shift: 15, label: false }) }

/** One version in production, whose release holds the profile of 400 visits. */
async function inProduction() {
  const here = monitoredRepository()
  await here.release('v1.0.0', { 'profile.json': await here.profile(shopVisits(400)) })
  await here.promote('v1.0.0')
  return here
}

describe('a schedule', () => {
  test('is silent without drift: a point, and no issue', async () => {
    const here = await inProduction()
    const { prepared, published } = await here.week(calm)
    expect([prepared.said, published.exitCode]).toEqual([
      'churn: seen against churn@v1.0.0: pass, no drift. Expected false alarms this year at this setting: 1.',
      0,
    ])
    expect(await here.points()).toEqual([['20261109', 'pass']])
    expect(here.issues.issues).toEqual([])
    expect(published.runner.outputs.get('issue-url')).toBe('')
  })

  test('opens one issue on drift, keeps it up to date, closes it when the data is clear, and opens it again', async () => {
    const here = await inProduction()
    await here.week(calm)
    const { published } = await here.week(shifted)
    expect(published.runner.outputs.get('issue-url')).toBe('memory:issues/1')
    const [first] = here.issues.issues
    expect(first).toMatchObject({ title: 'Data drift: churn', open: true, comments: [] })
    expect(first!.body).toMatch(
      /^<!-- mlwright:drift model=churn -->\n<!-- mlwright:since 20261116T\d{6}Z-[0-9a-f]{8} -->\n/,
    )
    expect(first!.body).toContain(
      '**`amount` has drifted** in `seen` (300 rows) against `churn@v1.0.0` (400), since 2026-11-16 (1 run without a break).',
    )
    expect(first!.body).toContain('2 runs this year, of 52, spent 0.0385 of 1 expected false alarms')
    expect(first!.body).toMatch(/\| `amount` \| [\d.]+% \(`share of rows that moved to another cell`\) \| 5\.0% \|/)
    expect(first!.body).toMatch(/```mermaid\n.*\nxychart-beta\n {4}title "amount"\n {4}x-axis .* 1 --> 2\n/)
    await here.week(shifted)
    expect(here.issues.issues).toHaveLength(1)
    expect(here.issues.issues[0]!.body).toContain('since 2026-11-16 (2 runs without a break)')
    await here.week(calm)
    expect(here.issues.issues).toMatchObject([
      {
        open: false,
        comments: [
          'No drift any more: `seen` (300 rows) fits `churn@v1.0.0`, looked at on 2026-11-30. It had lasted from 2026-11-16 to 2026-11-23.',
        ],
      },
    ])
    await here.week(calm)
    expect(here.issues.issues[0]!.comments).toHaveLength(1)
    await here.week(shifted)
    expect(here.issues.issues).toMatchObject([{ open: true }])
    expect(here.issues.issues[0]!.comments[1]).toBe('The data drifts again; the text above says how.')
    expect(here.issues.issues[0]!.body).toContain('since 2026-12-14 (1 run without a break)')
  })

  test('leaves an issue closed that a person closed while the data drifts', async () => {
    const here = await inProduction()
    await here.week(shifted)
    await here.issues.update(1, { state: 'closed' })
    await here.week(shifted)
    expect(here.issues.issues).toMatchObject([{ open: false, comments: [] }])
    await here.week(calm)
    await here.week(shifted)
    expect(here.issues.issues).toMatchObject([{ open: true }])
  })

  test('adds no second point and no second word when a run runs again', async () => {
    const here = await inProduction()
    const { run } = await here.week(shifted)
    const before = [await here.points(), structuredClone(here.issues.issues)]
    await here.week(shifted, { run, attempt: 2 })
    expect([await here.points(), here.issues.issues]).toEqual(before)
    await here.week(calm, { run, attempt: 3 })
    expect(await here.points()).toEqual([['20261109', 'pass']])
  })

  test('keeps what was found of the other models where one cannot be looked at', async () => {
    const here = await inProduction()
    const other = shopConfig().split('models:\n')[1]!.replace('churn:', 'fares:')
    const { prepared, published } = await here.week(calm, { config: shopConfig() + other })
    expect(prepared).toMatchObject({ exitCode: 1 })
    expect(prepared.runner.lines).toEqual([expect.stringMatching(/^churn: seen against churn@v1\.0\.0: pass/)])
    expect(prepared.runner.failures.join()).toBe(
      'There is no version of fares in the stage production to compare with; promote one there, or name data or a profile with the input `reference`.',
    )
    expect(published.exitCode).toBe(0)
    expect(await here.points()).toEqual([['20261109', 'pass']])
  })

  test('takes nothing from its artifact but reports of models that the commit has', async () => {
    const here = await inProduction()
    const { published } = await here.week(shifted, { ports: { artifacts: strange() } })
    expect(published).toMatchObject({ exitCode: 1 })
    expect(published.said).toMatch(/^\.mlwright\/monitoring\/churn\.json: kind is not as expected/)
    expect(await here.points()).toEqual([])
  })
})

/** Artifacts of a job that somebody else has taken over. */
function strange() {
  return {
    upload: async () => {},
    async download(_: string, folder: string) {
      const { mkdir, writeFile } = await import('node:fs/promises')
      await mkdir(`${folder}/monitoring`, { recursive: true })
      for (const name of ['churn', 'unknown']) await writeFile(`${folder}/monitoring/${name}.json`, '{"kind":"Other"}')
      return true
    },
  }
}

describe('the year’s budget', () => {
  /** Other visits each week, all of them alike. */
  const week = (rows: number) => ({ 'seen.csv': shopVisits(rows, { label: false }) })
  const budgetOf = async ({ state }: ReturnType<typeof monitoredRepository>) => {
    const { found } = await new Records(state.refs).monitoring('churn', 1)
    return found[0]!.report.budget
  }

  test('is spent look by look, kept on the records branch, and said', async () => {
    const here = await inProduction()
    await here.week(week(300))
    const { prepared } = await here.week(week(303))
    expect(prepared.runner.summaries.join()).toMatch(/ 2 looks this year have spent 0\.0385 of 1\./)
    const { alpha, columns, multivariate, looks, spent } = await budgetOf(here)
    const each = alpha * (columns + multivariate!)
    expect({ looks, spent }).toEqual({ looks: 2, spent: 2 * each })
    const ledger = await here.state.refs.read('mlwright-records', 'budgets/churn/2026.json')
    expect(JSON.parse(new TextDecoder().decode(ledger!))).toMatchObject({
      kind: 'BudgetLedger',
      looks: [{ spent: each }, { spent: each }],
    })
  })

  test('is not spent twice by a run that runs again, nor by another run on the same data', async () => {
    const here = await inProduction()
    const { run } = await here.week(week(300))
    const { spent } = await budgetOf(here)
    await here.week(week(306), { run, attempt: 2 })
    expect(await budgetOf(here)).toMatchObject({ looks: 1, spent })
    await here.week(week(306))
    expect(await budgetOf(here)).toMatchObject({ looks: 2, spent })
  })

  test('holds where a schedule runs more often than was declared, and begins anew with the year', async () => {
    const here = await inProduction()
    const config = shopConfig('{ current: seen.csv, ignore: [id], budget: 0.1, runs: 2 }')
    const spent: number[] = []
    for (let k = 0; k < 8; k++) {
      await here.week(week(300 + 3 * k), { config })
      const budget = await budgetOf(here)
      spent.push(budget.spent!)
      expect(budget).toMatchObject({ looks: k + 1, expected: 0.1, runs: 2 })
    }
    expect(here.clock.time.toISOString()).toMatch(/^2026-12-28/)
    expect(spent.slice(0, 3)).toEqual([0.05, expect.closeTo(0.075), expect.closeTo(0.0875)])
    expect(Math.max(...spent)).toBeLessThan(0.1)
    await here.week(week(330), { config })
    expect(await budgetOf(here)).toMatchObject({ looks: 1, spent: 0.05 })
  })
})

describe('the number of rows', () => {
  test('is warned of where it is far from that of the looks before, without an issue', async () => {
    const here = await inProduction()
    const found = async (rows: number, given = {}) => {
      const { run } = await here.week({ 'seen.csv': shopVisits(rows, { label: false }) }, given)
      const [point] = (await new Records(here.state.refs).monitoring('churn', 1)).found
      return { run, findings: point!.report.findings.map(({ level, message }) => `${level}: ${message}`) }
    }
    for (const rows of [300, 330, 360, 390]) expect((await found(rows)).findings).toEqual([])
    const { run, findings } = await found(120)
    expect(findings).toEqual(['warn: seen has 120 rows; the 4 looks before had 300 to 390.'])
    expect((await found(120, { run, attempt: 2 })).findings).toEqual(findings)
    expect((await found(900)).findings).toEqual(['warn: seen has 900 rows; the 5 looks before had 120 to 390.'])
    expect((await found(210)).findings).toEqual([])
    expect(here.issues.issues).toEqual([])
  })
})

describe('the reference', () => {
  test('follows the stage, which the configuration or an input names', async () => {
    const here = await inProduction()
    await here.release('v2.0.0', { 'profile.json': await here.profile(shopVisits(350, { shift: 15 })) })
    await here.promote('v2.0.0', 'staging')
    const staged = shopConfig(
      '{ current: seen.csv, ignore: [id], stage: staging }',
      'registry: { stages: { production: {}, staging: {} } }\n',
    )
    expect((await here.week(shifted, { config: staged })).prepared.said).toContain('against churn@v2.0.0: pass')
    expect((await here.week(shifted)).prepared.said).toContain('against churn@v1.0.0: fail, drift in amount')
    await here.promote('v2.0.0')
    expect((await here.week(shifted)).prepared.said).toContain('against churn@v2.0.0: pass')
    expect(here.issues.issues).toMatchObject([{ open: false }])
  })

  test('is missing in one sentence: no version in the stage, no release, no profile, another file, a newer format', async () => {
    const here = monitoredRepository()
    const said = async () => (await here.week(calm)).prepared.said
    expect(await said()).toBe(
      'There is no version of churn in the stage production to compare with; promote one there, or name data or a profile with the input `reference`.',
    )
    await here.release('v1.0.0', {})
    await here.promote('v1.0.0')
    expect(await said()).toBe(
      'The release of churn@v1.0.0, which is in the stage production, has no profile.json: it is older than profiles. Register and promote a new version, or name data or a profile with the input `reference`.',
    )
    const [[id]] = [...here.state.releases.keys()].map((key) => [key]) as [[number]]
    here.state.releases.delete(id)
    expect(await said()).toBe('churn@v1.0.0 has no release; run the workflow `release` again for it.')
    await here.release('v1.0.1', { 'profile.json': await here.profile(shopVisits(400)) })
    await here.promote('v1.0.1')
    for (const [asset, content] of here.state.assets)
      if (content.length > 1000) here.state.assets.set(asset, new TextEncoder().encode('{}'))
    expect(await said()).toBe('profile.json of churn@v1.0.1 has another digest than SHA256SUMS says; do not use it.')
    await here.release('v1.0.2', { 'profile.json': new TextEncoder().encode('{"kind":"Profile","version":2}') })
    await here.promote('v1.0.2')
    expect(await said()).toBe(
      'profile.json of churn@v1.0.2 was written by a newer mlwright (format version 2); update mlwright.',
    )
    expect(await here.points()).toEqual([])
  })

  test('is not looked for where nothing says what production saw', async () => {
    const here = await inProduction()
    const config = shopConfig('{ budget: 2 }')
    expect((await here.week(calm, { config })).prepared.said).toBe(
      'No model says what production saw of it; add models.churn.monitor.current to mlwright.yml, or give the input `current`.',
    )
  })
})

describe('the writing job', () => {
  test('names the permission that it lacks, with the point written', async () => {
    const double = await github()
    const here = await inProduction()
    const { issues } = portsOf(double, { contents: 'write', issues: 'read' })
    const { published } = await here.week(shifted, { ports: { issues } })
    expect(published.said).toContain('add `permissions: issues: write` to the job')
    expect(await here.points()).toEqual([['20261109', 'fail']])
    const allowed = portsOf(double)
    await here.week(shifted, { ports: { issues: allowed.issues } })
    expect(double.state.issues).toMatchObject([{ title: 'Data drift: churn', state: 'open' }])
  })
})
