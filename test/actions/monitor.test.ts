import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataset, profileTable } from '@mlwright/data'
import { DriftReport } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { describe, expect, it, onTestFinished } from 'vitest'
import { project, type } from './project.ts'

/** Visits of a shop: skewed amounts, three plans, a flag, a date. */
function visits(rows: number, change: { shift?: number; pro?: number; missing?: number } = {}): string {
  const { shift = 0, pro = 5, missing = 50 } = change
  const lines = Array.from({ length: rows }, (_, i) => {
    const amount = i % missing === 0 ? '' : (((i * 37) % 101) ** 2 / 100 + shift).toFixed(2)
    const plan = i % pro === 0 ? 'pro' : i % 2 === 0 ? 'basic' : 'plus'
    return `${amount},${plan},${i % 3 === 0},2026-0${1 + (i % 9)}-11`
  })
  return `amount,plan,new,day\n${lines.join('\n')}\n`
}

const asJsonLines = (csv: string) => {
  const [head, ...rows] = csv.trim().split('\n')
  const names = head!.split(',')
  const value = (name: string, text: string) =>
    text === '' ? null : name === 'amount' ? Number(text) : name === 'new' ? text === 'true' : text
  return rows
    .map((row) =>
      JSON.stringify(Object.fromEntries(row.split(',').map((text, i) => [names[i], value(names[i]!, text)]))),
    )
    .join('\n')
}

async function report(folder: string, ...argv: string[]) {
  const { code, stdout, said } = await type(folder, 'monitor', ...argv, '--json')
  return { code, said, report: stdout === '' ? null : DriftReport.parse(JSON.parse(stdout)) }
}

describe('monitor', () => {
  it('needs no config and no git: two files, and the columns that drifted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mlwright-monitor-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(join(folder, 'a.csv'), visits(400))
    writeFileSync(join(folder, 'b.jsonl'), asJsonLines(visits(250, { shift: 15, missing: 3 })))
    const { code, report: found } = await report(folder, '--reference', 'a.csv', '--current', 'b.jsonl')
    expect(code).toBe(1)
    expect(found).toMatchObject({
      verdict: 'fail',
      reference: { rows: 400, source: 'table' },
      columns: {
        amount: { drifted: true },
        plan: { drifted: false },
        new: { drifted: false },
        day: { drifted: false },
      },
    })
    expect(Object.keys(found!.columns.amount!.tests)).toEqual(['ks', 'chi2', 'missing'])
    expect(Object.keys(found!.columns.amount!.distances)).toEqual(['wasserstein', 'js', 'psi', 'hellinger', 'linf'])
    expect(found!.columns.amount!.tests.ks!.method).toBe('exact')
    // Dates move on by themselves.
    expect(Object.keys(found!.columns.day!.tests)).toEqual(['missing'])
    expect(JSON.parse(readFileSync(join(folder, '.mlwright/drift/b.json'), 'utf8'))).toEqual(found)
  })

  it('is silent without drift, and says what to expect of it', async () => {
    const folder = project({ 'a.csv': visits(400), 'b.csv': visits(300) })
    const { code, said } = await type(
      folder,
      'monitor',
      '--reference',
      'a.csv',
      '--current',
      'b.csv',
      '--budget',
      '0.5',
    )
    expect(code).toBe(0)
    expect(said).toContain('b against a: pass, no drift. Expected false alarms this year at this setting: 0.5.')
  })

  it('reads Parquet, and a profile in place of the reference', async () => {
    const folder = project({ 'a.csv': visits(400), 'b.csv': visits(250, { shift: 15 }) })
    const engine = duckDb({
      load: nativeLoader({ own: import.meta.url }),
      temporaryFolder: join(tmpdir(), 'mlwright-spill'),
    })
    onTestFinished(() => engine.close())
    for (const name of ['a', 'b'])
      await engine.execute(
        `COPY (FROM read_csv('${join(folder, name)}.csv')) TO '${join(folder, name)}.parquet' (FORMAT parquet)`,
      )
    const file = { path: 'a.parquet', absolute: join(folder, 'a.parquet'), oid: '' }
    const profile = await profileTable(engine, await openDataset(engine, { name: 'a', files: [file] }))
    writeFileSync(join(folder, 'profile.json'), JSON.stringify(profile))
    const tables = await report(folder, '--reference', 'a.parquet', '--current', 'b.parquet')
    const stored = await report(folder, '--reference', 'profile.json', '--current', 'b.parquet')
    expect([tables.code, stored.code]).toEqual([1, 1])
    expect(stored.report!.reference).toMatchObject({ name: 'a', rows: 400, source: 'profile' })
    expect(stored.report!.columns.amount).toMatchObject({
      drifted: true,
      tests: { ks: { method: 'conservative' }, chi2: { method: 'asymptotic' } },
    })
    const [exact, binned] = [tables, stored].map((each) => each.report!.columns.amount!)
    // Every value of the reference is an edge here; between them D and the area may only be smaller.
    expect(binned!.tests.ks!.statistic).toBeLessThanOrEqual(exact!.tests.ks!.statistic!)
    expect(binned!.tests.ks!.statistic).toBeGreaterThan(exact!.tests.ks!.statistic! - 0.03)
    expect(binned!.distances.wasserstein! / exact!.distances.wasserstein!).toBeCloseTo(1, 1)
    expect(stored.report!.columns.plan!.tests).toEqual(tables.report!.columns.plan!.tests)
  })

  it('judges what cannot be compared', async () => {
    const folder = project({
      'a.csv': visits(400),
      'narrow.csv': visits(300).replaceAll(/^([^,]*),([^,]*),.*$/gm, '$1,$2'),
      'empty.csv': 'amount,plan,new,day\n',
      'one.csv': visits(1),
      'text.csv': visits(300).replaceAll(/^\d[^,]*,/gm, 'much,'),
      'ids.csv': visits(300)
        .replace('amount', 'amount,id')
        .replaceAll(/^([\d.]*),/gm, '$1,7,'),
    })
    const against = (current: string, ...more: string[]) =>
      report(folder, '--reference', 'a.csv', '--current', current, ...more)
    const narrow = await against('narrow.csv')
    expect(narrow.report!.findings.map(({ rule }) => rule)).toEqual(['column-gone', 'column-gone'])
    expect((await against('narrow.csv', '--ignore', 'new, day')).report!.verdict).toBe('pass')
    expect((await against('empty.csv')).report!.findings.map(({ rule }) => rule)).toEqual(['no-rows'])
    expect((await against('one.csv')).report!.verdict).toBe('pass')
    const text = await against('text.csv')
    expect(text.report!.findings.map(({ rule, level }) => [rule, level])).toEqual([['type', 'warn']])
    expect(text.report!.columns.amount!.reason).toMatch(/^Missing values went from 2 % to 100 %/)
    expect((await against('ids.csv')).report).toMatchObject({ verdict: 'warn', findings: [{ rule: 'column-new' }] })
  })

  it.each([
    ['missing.parquet', 'No data file matches missing.parquet; correct the path, or fetch the data first.'],
    ['package.json', 'package.json: kind is not as expected'],
    ['broken.json', 'broken.json is not JSON'],
  ])('says in one sentence why %s is no reference', async (reference, sentence) => {
    const folder = project({ 'a.csv': visits(40), 'package.json': '{"name": "x"}', 'broken.json': '{' })
    const { code, said } = await type(folder, 'monitor', '--reference', reference, '--current', 'a.csv')
    expect(code).toBe(1)
    expect(said).toContain(sentence)
  })
})

describe('detect', () => {
  const errors = Array.from({ length: 1200 }, (_, i) => ((i * 7919) % 1009 < (i < 600 ? 100 : 450) ? 1 : 0))

  it('gives the positions at which a detector fires, with or without a header', async () => {
    const folder = project({
      'errors.csv': `id,error\n${errors.map((error, i) => `r${i},${error}`).join('\n')}\n`,
      'bare.csv': `${errors.join('\n')}\n`,
    })
    const { code, stdout } = await type(folder, 'detect', '--detector', 'adwin', '--values', 'errors.csv', '--json')
    expect(code).toBe(0)
    // river 0.26.1: drift.ADWIN() on [int(i*7919%1009 < (100 if i < 600 else 450)) for i in range(1200)]
    expect(JSON.parse(stdout)).toMatchObject({ detector: 'adwin', column: 'error', values: 1200, indices: [671] })
    const bare = await type(folder, 'detect', '--detector', 'adwin', '--values', 'bare.csv', '--json')
    expect(JSON.parse(bare.stdout)).toMatchObject({ values: 1200, indices: [671] })
  })

  it.each([
    [['--values', 'a.csv', '--detector', 'ddm'], 'ddm wants values of 1 (wrong) or 0 (right), but value 1 (from 0)'],
    [
      ['--values', 'a.csv', '--column', 'plan'],
      'a.csv has no column plan of numbers; columns of numbers there: amount, new.',
    ],
    [['--values', 'a.csv', '--detector', 'adwinn'], 'did you mean `adwin`?'],
  ])('says in one sentence what is wrong with %j', async (argv, sentence) => {
    const { code, said } = await type(project({ 'a.csv': visits(40) }), 'detect', ...argv)
    expect(code).toBeGreaterThan(0)
    expect(said).toContain(sentence)
  })
})
