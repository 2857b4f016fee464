import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DriftReport } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { describe, expect, it, onTestFinished } from 'vitest'
import { project, type } from './project.ts'

let state = 5
const next = () => {
  state = (state * 16807) % 2147483647
  return state / 2147483647
}
type Row = readonly [x: number | string, y: number | string, c: string, f: boolean | string, d: string]
const rows = Array.from({ length: 500 }, (_, i): Row => {
  const x = next() + next() + next()
  return [
    x,
    x + next(),
    'abc'[Math.floor(3 * next() ** 2)]!,
    next() < 0.4,
    `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`,
  ]
})
const csv = (lines: readonly (readonly unknown[])[], head = 'x,y,c,f,d') =>
  `${head}\n${lines.map((line) => `${line.join(',')}\n`).join('')}`

async function compared(before: string, now: string, ...argv: string[]) {
  const folder = project({ 'a.csv': before, 'b.csv': now })
  const { code, stdout, said } = await type(
    folder,
    ...['monitor', '--reference', 'a.csv', '--current', 'b.csv', ...argv, '--json'],
  )
  expect(said).not.toMatch(/\bat .*\.ts:\d+|bug/)
  const report = DriftReport.parse(JSON.parse(stdout))
  expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/)
  return { code, said, report }
}

const methods = [[[]], [['--method', 'nannyml']], [['--method', 'evidently']]] as const

describe.each(methods)('data at its edges, %j', (method) => {
  it('has no rows, on either side', async () => {
    for (const sides of [
      [csv(rows), csv([])],
      [csv([]), csv(rows)],
    ] as const) {
      const { code, report } = await compared(...sides, ...method)
      expect([code, report.verdict]).toEqual([1, 'fail'])
      expect(report.findings.map(({ rule }) => rule)).toContain('no-rows')
      expect(Object.values(report.columns).some(({ drifted }) => drifted)).toBe(false)
      expect(report.multivariate?.drifted ?? false).toBe(false)
    }
    const { report } = await compared(csv(rows), '', ...method)
    expect(report.findings.map(({ rule }) => rule)).toEqual(['no-rows', 'empty-file'])
  })

  it('has one row, on either side', async () => {
    const many = csv([...rows, ...rows, ...rows, ...rows])
    for (const sides of [
      [many, csv(rows.slice(0, 1))],
      [csv(rows.slice(0, 1)), many],
    ] as const) {
      const { report } = await compared(...sides, ...method)
      expect(report.calibrated_verdict).not.toBe('fail')
      expect(report.multivariate?.drifted ?? false).toBe(false)
    }
  })

  it('is all missing', async () => {
    const { report } = await compared(csv(rows), csv(rows.map(() => ['', '', '', '', ''])), ...method)
    expect(report.calibrated_verdict).toBe('fail')
    for (const { missing, reason } of Object.values(report.columns)) {
      expect(missing).toEqual({ reference: 0, current: 1 })
      expect(reason).toMatch(/^Missing values went from 0 % to 100 %/)
    }
    const back = await compared(csv(rows.map(([x]) => [x, '', '', '', ''])), csv(rows), ...method)
    expect(back.report.findings).toEqual([])
    const drifted = Object.entries(back.report.columns).filter((column) => column[1].drifted)
    expect(drifted.map(([name, { reason }]) => `${name}: ${reason}`.slice(0, 43))).toEqual(
      [...'ycfd'].map((name) => `${name}: Missing values went from 100 % to 0 % (p`),
    )
  })

  it('is infinite', async () => {
    const now = rows.map(([x, ...rest], i) => [i % 4 === 0 ? 'inf' : i % 4 === 1 ? '-inf' : x, ...rest])
    const { report } = await compared(csv(rows), csv(now), ...method)
    expect(report.columns.x!.missing.current).toBe(0.5)
    expect(report.columns.x!.drifted).toBe(true)
    expect(report.findings).toMatchObject([{ level: 'warn', column: 'x' }])
  })

  it('has a column that is gone, new, or of another type', async () => {
    const now = rows.map(([x, , c, f]) => [x, c, `v${String(f)}`, 1])
    const { report } = await compared(csv(rows), csv(now, 'x,c,f,more'), ...method, '--ignore', 'd')
    expect(report.findings.map(({ rule, level, column }) => [rule, level, column])).toEqual([
      ['column-gone', 'fail', 'y'],
      ['column-new', 'warn', 'more'],
      ['type', 'warn', 'f'],
    ])
    expect(Object.keys(report.columns)).toEqual(['x', 'c', 'f'])
    expect(report.columns.f!.reason).toMatch(/^Missing values went from 0 % to 100 %/)
  })

  it('has constant columns, and one that was', async () => {
    const flat = rows.map(([, y, , f, d]) => [7, y, 'a', f, d])
    const calm = await compared(csv(flat), csv(flat.slice(100)), ...method)
    expect(calm.report.calibrated_verdict).toBe('pass')
    const { report } = await compared(csv(flat), csv(rows), ...method)
    expect([report.columns.x!.drifted, report.columns.c!.drifted]).toEqual([true, true])
  })

  it('has times in other zones, which are the same moments', async () => {
    const at = (time: string) => csv(rows.map(([x, y, c, f, d]) => [x, y, c, f, `${d}T${time}`]))
    const { code, report } = await compared(at('04:30:00Z'), at('10:00:00+05:30'), ...method)
    expect(code).toBe(0)
    expect(report.columns.d).toMatchObject({ type: 'date', missing: { current: 0 } })
  })
})

describe('categories', () => {
  it('may be a million, without drift and with it, in little memory', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlwright-many-'))
    const engine = duckDb({ load: nativeLoader({ own: import.meta.url }), temporaryFolder: join(folder, 'spill') })
    onTestFinished(() => engine.close())
    const make = (name: string, id: string) =>
      engine.execute(
        `COPY (SELECT ${id} AS id, hash(i) % 5 AS g FROM range(1000000) t(i)) TO '${join(folder, name)}.parquet' (FORMAT parquet)`,
      )
    await make('a', `'user-' || i`)
    await make('b', `'user-' || (i + 700000)`)
    await make('c', `'user-' || CASE WHEN i % 3 = 0 THEN 4 ELSE i END`)
    const against = async (current: string) => {
      const { stdout } = await type(
        folder,
        ...['monitor', '--reference', 'a.parquet', '--current', `${current}.parquet`, '--json'],
      )
      return DriftReport.parse(JSON.parse(stdout))
    }
    const calm = await against('b')
    expect(calm).toMatchObject({ verdict: 'pass', columns: { id: { drifted: false } } })
    expect(Object.keys(calm.columns.id!.tests)).toEqual(['chi2', 'missing'])
    expect(await against('c')).toMatchObject({ verdict: 'fail', columns: { id: { drifted: true } } })
  }, 60_000)
})
