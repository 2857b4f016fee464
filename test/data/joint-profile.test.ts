import { mergeProfiles, profileAgainst, profileTable, sampleRows } from '@mlwright/data'
import { Profile } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { engine, open, table } from './tables.ts'

const mixed = (rows: string) =>
  `SELECT sqrt(i) * 1000 AS x, (hash(i) % 100003) / 7.0 AS y, CASE WHEN i % 5 > 0 THEN i % 9 END AS few, i % 3 = 0 AS flag, 'c' || (i % 7) AS text, DATE '2026-01-01' + CAST(i % 40 AS INTEGER) AS day FROM range(${rows}) t(i)`

describe('what columns tell together', () => {
  it('is of numbers, booleans and texts of few values, from all rows of a small table', async () => {
    const row = (i: number) =>
      [i % 2, i % 4 < 2, `t${i}`, `2026-01-0${1 + (i % 5)}`, i < 6 ? 'usual' : 'rare'].join(',')
    const csv = `a,b,t,d,few\n${Array.from({ length: 8 }, (_, i) => row(i)).join('\n')}\n`
    const profile = await profileTable(engine, await open('small.csv', csv))
    expect(Profile.parse(profile)).toEqual(profile)
    expect(profile.joint).toEqual({
      rows: 8,
      columns: [
        { name: 'a', centre: 0.5, scale: 0.5 },
        { name: 'b', centre: 0.5, scale: 0.5 },
        { name: 'few', centre: 0.25, scale: 0.433013, values: ['usual', 'rare'] },
      ],
      // Tenths of a standard deviation: ±10 for each number, −6 and 17 for the texts.
      sums: [0, 0, -2],
      products: [800, 0, 0, 800, -460, 794],
      squares: [80_000, 80_000, 79_400, 80_000, 79_400, 6 * 6 ** 4 + 2 * 17 ** 4],
    })
  })

  it('is nothing where fewer than two columns vary', async () => {
    const one = await profileTable(engine, await open('one.csv', 'a,b,t\n1,7,x\n2,7,x\n3,7,x\n'))
    expect(one.joint).toBeNull()
    expect((await profileTable(engine, await open('none.csv', 'a,b\n'))).joint).toBeNull()
    const single = await profileTable(engine, await open('single.csv', 'a,b\n1,2\n'))
    expect(single.joint).toBeNull()
  })

  it('is the same for merged parts as for the whole, to the last digit', async () => {
    const whole = await table('whole.parquet', mixed('3000'))
    const reference = await profileTable(engine, whole)
    expect(reference.joint!.columns.map(({ name }) => name)).toEqual(['x', 'y', 'few', 'flag', 'text'])
    const parts = await Promise.all(
      ['700', '700, 1900', '1900, 3000'].map(async (rows, i) =>
        profileAgainst(engine, await table(`part${i}.parquet`, mixed(rows)), reference),
      ),
    )
    const [first, ...others] = parts
    expect(mergeProfiles(first!, ...others).joint).toEqual(reference.joint)
    expect((await profileAgainst(engine, whole, reference)).joint).toEqual(reference.joint)
  })

  it('weighs parts by their rows where samples of them were looked at', async () => {
    const reference = await profileTable(engine, await table('many.parquet', mixed('40000')))
    expect(reference.joint!.rows).toBe(10_000)
    const [large, small] = await Promise.all(
      ['36000', '36000, 40000'].map(async (rows, i) =>
        profileAgainst(engine, await table(`uneven${i}.parquet`, mixed(rows)), reference),
      ),
    )
    const { joint } = mergeProfiles(large!, small!)
    // 1 / (0.9² / 10,000 + 0.1² / 4,000)
    expect(joint!.rows).toBe(11_976)
    const mean = (side: typeof joint) => side!.sums[0]! / side!.rows
    expect(mean(joint)).toBeCloseTo(0.9 * mean(large!.joint) + 0.1 * mean(small!.joint), 3)
    expect(Math.abs(mean(joint) - mean(reference.joint))).toBeLessThan(0.3)
  })

  it('follows the reference: its columns, none that has another type, and nothing beside an older profile', async () => {
    const reference = await profileTable(engine, await table('base.parquet', mixed('900')))
    const turned = `SELECT i AS x, 'much' AS y, i % 4 AS few, i % 2 = 0 AS flag, 'c' || (i % 11) AS text, i % 2 AS more FROM range(500) t(i)`
    const { joint } = await profileAgainst(engine, await table('turned.parquet', turned), reference)
    expect(joint!.columns).toEqual(reference.joint!.columns.filter(({ name }) => name !== 'y'))
    const { joint: _, ...older } = reference
    expect((await profileAgainst(engine, await table('later.parquet', mixed('400')), older)).joint).toBeNull()
    expect(mergeProfiles(reference, { ...older, joint: null }).joint).toBeNull()
  })

  it('takes little room, and no more than 64 columns', async () => {
    const wide = Array.from({ length: 70 }, (_, k) => `(hash(i * 31 + ${k}) % 1000003) * ${k + 1} AS n${k}`)
    const opened = await table('wide.parquet', `SELECT ${wide.join(', ')} FROM range(30000) t(i)`)
    const { joint } = await profileTable(engine, opened)
    expect(joint!.columns).toHaveLength(64)
    expect(JSON.stringify(joint).length).toBeLessThan(45_000)
  })

  it('counts missing and infinite numbers as the middle', async () => {
    const odd = `SELECT CASE WHEN i % 3 = 0 THEN 'inf'::DOUBLE WHEN i % 3 = 1 THEN NULL ELSE i END AS a, i % 2 AS b FROM range(600) t(i)`
    const { joint } = await profileTable(engine, await table('odd.parquet', odd))
    expect(joint!.rows).toBe(600)
    // A third of the rows has a value, of variance one.
    expect(joint!.products[0]! / 600 / 100).toBeCloseTo(1 / 3, 1)
  })
})

describe('sampleRows', () => {
  it('puts rows of two tables into one, all of them or a sample that a seed repeats', async () => {
    const tables = [await table('s1.parquet', mixed('5000')), await table('s2.parquet', mixed('300'))] as const
    const { table: rows, first } = await sampleRows(engine, tables, ['x', 'text'], 1000, 3)
    expect([rows.rows, first]).toEqual([1300, 1000])
    const x = rows.columns.get('x')!
    expect(x.type === 'number' && Array.from(x.values.slice(1000))).toEqual(
      Array.from({ length: 300 }, (_, i) => Math.sqrt(i) * 1000),
    )
    const text = rows.columns.get('text')!
    expect(text.type === 'string' && text.dictionary).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'])
    expect((await sampleRows(engine, tables, ['x', 'text'], 1000, 3)).table).toEqual(rows)
    expect((await sampleRows(engine, tables, ['x', 'text'], 1000, 4)).table).not.toEqual(rows)
  })
})
