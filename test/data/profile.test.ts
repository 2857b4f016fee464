import { mergeProfiles, profileAgainst, profileTable, readNumbers } from '@mlwright/data'
import { Profile } from '@mlwright/domain'
import { profileText } from '@mlwright/tracking'
import { describe, expect, it } from 'vitest'
import { engine, open, table } from './tables.ts'

const column = (profile: Profile, name: string) => profile.columns.find((each) => each.name === name)!

describe('profileTable', () => {
  it('counts numbers, texts, booleans, dates and what is missing', async () => {
    const csv =
      'n,t,b,d\n1,a,true,2026-01-01\n2,a,false,2026-01-03\n2,"b,\'c",,\n,,true,2026-01-03\n4.5,a,true,2026-01-04\n'
    const profile = await profileTable(engine, await open('small.csv', csv))
    expect(Profile.parse(profile)).toEqual(profile)
    expect(profile).toMatchObject({ kind: 'Profile', version: 1, rows: 5, dataset: { name: 'small.csv' } })
    // numpy 2.4: np.mean([1,2,2,4.5]) -> 2.375, np.std([1,2,2,4.5]) -> 1.2930100540985752
    expect(column(profile, 'n')).toMatchObject({ count: 4, missing: 1, distinct: 3 })
    expect(column(profile, 'n').numbers).toEqual({
      min: 1,
      max: 4.5,
      mean: 2.375,
      sd: 1.29301005409858,
      discrete: true,
      edges: [1, 2, 4.5],
      counts: [1, 2, 1, 0],
      off_edges: 0,
    })
    expect(column(profile, 't')).toMatchObject({ count: 4, missing: 1, distinct: 2, numbers: null })
    expect(column(profile, 'b').categories!.top).toEqual([
      ['true', 3],
      ['false', 1],
    ])
    // date(2026, 1, 1) is 20454 days after 1970-01-01
    expect(column(profile, 'd').numbers).toMatchObject({ edges: [20454, 20456, 20457], counts: [1, 2, 1, 0] })
  })

  it('keeps exact counts in 256 bins of a skewed column, and a value that fills bins has one of its own', async () => {
    const skewed = `SELECT CASE WHEN i % 3 = 0 THEN 0.0 ELSE exp((hash(i) % 100003) / 12000.0) END AS x FROM range(30000) t(i)`
    const opened = await table('skewed.parquet', skewed)
    const { numbers, distinct } = column(await profileTable(engine, opened), 'x')
    expect(numbers!.edges.length).toBeGreaterThan(150)
    expect(numbers!.discrete).toBe(false)
    expect(numbers!.counts.reduce((sum, count) => sum + count)).toBe(30000)
    expect(distinct).toBeGreaterThan(15000)
    expect(numbers!.edges[0]).toBe(0)
    const [values] = await readNumbers(engine, opened, [{ name: 'x', type: 'number' }])
    let low = -Infinity
    for (const [bin, edge] of [...numbers!.edges, Infinity].entries()) {
      expect(numbers!.counts[bin]).toBe(values!.filter((value) => value > low && value <= edge).length)
      low = edge
    }
  })

  it('gives the same bytes twice, in a few tens of kilobytes', async () => {
    const wide = Array.from({ length: 20 }, (_, k) => `ln((hash(i * 31 + ${k}) % 1000003 + 1)) * ${k + 1} AS n${k}`)
    const opened = await table('wide.parquet', `SELECT ${wide.join(', ')} FROM range(60000) t(i)`)
    const profile = await profileTable(engine, opened)
    const text = profileText(profile)
    expect(JSON.parse(text)).toEqual(profile)
    expect(text.length).toBeLessThan(64_000)
    expect(text.split('\n').filter((line) => line.includes('"edges"'))).toHaveLength(20)
    expect(profileText(await profileTable(engine, opened))).toBe(text)
  })

  it('lists no values of few rows in a column of names', async () => {
    const names = `SELECT CASE WHEN i < 40 THEN 'guest' ELSE 'person' || i END AS name FROM range(500) t(i)`
    const { categories, distinct } = column(await profileTable(engine, await table('names.parquet', names)), 'name')
    expect(categories).toMatchObject({ top: [['guest', 40]], other: 460, other_distinct: 460 })
    expect(categories!.buckets.reduce((sum, count) => sum + count)).toBe(500)
    expect(distinct).toBe(461)
  })

  it('survives no rows, all missing, huge numbers and odd names', async () => {
    expect((await profileTable(engine, await open('empty.csv', 'a,b\n'))).columns).toMatchObject([
      { name: 'a', count: 0, missing: 0, numbers: null, categories: null },
      { name: 'b', count: 0 },
    ])
    const odd = await table(
      'odd.parquet',
      `SELECT CAST(NULL AS DOUBLE) AS "no""ne", 1e300 * (i % 3) AS huge, CAST(NULL AS VARCHAR) AS "; --" FROM range(9) t(i)`,
    )
    const profile = await profileTable(engine, odd)
    expect(column(profile, 'no"ne')).toMatchObject({ count: 0, missing: 9, numbers: null })
    expect(column(profile, '; --')).toMatchObject({ count: 0, missing: 9, categories: null })
    const infinite = await table(
      'infinite.parquet',
      `SELECT CASE i WHEN 0 THEN 'inf'::DOUBLE WHEN 1 THEN 'nan' ELSE i END AS x FROM range(9) t(i)`,
    )
    expect(column(await profileTable(engine, infinite), 'x')).toMatchObject({
      count: 7,
      missing: 2,
      numbers: { max: 8 },
    })
    // numpy 2.4: np.std([0, 1, 2] * 3) -> 0.816496580927726
    expect(column(profile, 'huge').numbers!.sd / 1e300).toBeCloseTo(0.816496580927726, 12)
  })
})

describe('profileAgainst', () => {
  it('counts on the edges and categories of the reference', async () => {
    const reference = await profileTable(
      engine,
      await table('r.parquet', `SELECT i::DOUBLE AS x, 'c' || (i % 4) AS c FROM range(1000) t(i)`),
    )
    const later = await table(
      'l.parquet',
      `SELECT i * 2.0 AS x, CASE WHEN i < 3 THEN 'new' WHEN i < 4 THEN 'c3' ELSE 'c0' END AS c, i AS added FROM range(700) t(i)`,
    )
    const profile = await profileAgainst(engine, later, reference)
    const { edges, counts } = column(profile, 'x').numbers!
    expect(edges).toEqual(column(reference, 'x').numbers!.edges)
    expect(counts.at(-1)).toBe(700 - Math.floor(edges.at(-1)! / 2) - 1)
    expect(column(profile, 'c').categories!.top).toEqual([
      ['c0', 696],
      ['new', 3],
      ['c3', 1],
    ])
    expect(column(profile, 'added').numbers!.counts.reduce((sum, count) => sum + count)).toBe(700)
  })

  it('merges the parts of a dataset into the profile of all of it', async () => {
    const select = (rows: string) =>
      `SELECT sqrt(i) * 1000 AS x, 'c' || (i % 7) AS c, CASE WHEN i % 5 > 0 THEN i END AS m FROM range(${rows}) t(i)`
    const all = await table('all.parquet', select('3000'))
    const reference = await profileTable(engine, all)
    const parts = [await table('p1.parquet', select('800')), await table('p2.parquet', select('800, 3000'))]
    const [first, second] = await Promise.all(parts.map((part) => profileAgainst(engine, part, reference)))
    const merged = mergeProfiles(first!, second!)
    expect(merged.rows).toBe(3000)
    for (const { name, count, missing, numbers, categories } of reference.columns) {
      expect(column(merged, name)).toMatchObject({ count, missing })
      expect(column(merged, name).numbers?.counts).toEqual(numbers?.counts)
      expect(column(merged, name).numbers?.sd ?? 0).toBeCloseTo(numbers?.sd ?? 0, 6)
      expect(column(merged, name).categories).toEqual(categories)
    }
  })

  it('refuses to merge what was counted on other edges', async () => {
    const a = await profileTable(engine, await open('a.csv', 'x\n1\n2\n'))
    const b = await profileTable(engine, await open('b.csv', 'x\n1\n3\n'))
    expect(() => mergeProfiles(a, b)).toThrow('The profiles of x have different edges')
  })
})
