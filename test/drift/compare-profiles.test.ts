import { createHash } from 'node:crypto'
import { type ColumnProfile, DriftReport, type Profile } from '@mlwright/domain'
import { compareProfiles, type DriftOptions, exactNumbers } from '@mlwright/drift'
import { countInBins, tally } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

type Values = readonly (number | string | null)[]

const bucket = (value: string) => createHash('md5').update(value).digest()[0]! % 32

/** A column's profile by hand; edges are those of the reference. */
function columnOf(name: string, values: Values, edges?: readonly number[]): ColumnProfile {
  const present = values.filter((value) => value !== null)
  const facts = {
    name,
    count: present.length,
    missing: values.length - present.length,
    distinct: new Set(present).size,
  }
  if (present.length === 0) return { ...facts, type: 'number', numbers: null, categories: null }
  if (typeof present[0] === 'string') {
    const counts = new Map<string, number>()
    for (const value of present as string[]) counts.set(value, (counts.get(value) ?? 0) + 1)
    const buckets = new Array<number>(32).fill(0)
    for (const value of present as string[]) buckets[bucket(value)]!++
    const categories = { top: [...counts], other: 0, other_distinct: 0, buckets }
    return { ...facts, type: 'string', numbers: null, categories }
  }
  const sample = tally(present as number[])
  const own = edges ?? [...sample.values]
  const mean = (present as number[]).reduce((sum, value) => sum + value, 0) / present.length
  const numbers = {
    min: sample.values[0]!,
    max: sample.values.at(-1)!,
    mean,
    sd: 1,
    discrete: own.length <= 256,
    edges: [...own],
    counts: [...countInBins(sample, own)],
  }
  return { ...facts, type: 'number', numbers, categories: null }
}

function profiles(before: Record<string, Values>, now: Record<string, Values>): [Profile, Profile] {
  const edges = new Map<string, readonly number[]>()
  const make = (name: string, columns: Record<string, Values>): Profile => ({
    kind: 'Profile',
    version: 1,
    dataset: { name, digest: name },
    rows: Object.values(columns)[0]?.length ?? 0,
    columns: Object.entries(columns).map(([column, values]) => {
      const profile = columnOf(column, values, edges.get(column))
      if (profile.numbers) edges.set(column, profile.numbers.edges)
      return profile
    }),
  })
  return [make('before', before), make('now', now)]
}

const compare = (before: Record<string, Values>, now: Record<string, Values>, options: DriftOptions = {}) => {
  const report = compareProfiles(...profiles(before, now), options)
  expect(DriftReport.parse(report)).toEqual(report)
  return report
}

const times = (values: Values, counts: readonly number[]) =>
  values.flatMap((value, i) => new Array<Values[number]>(counts[i]!).fill(value))
const skewed = (rows: number, shift = 0) => Array.from({ length: rows }, (_, i) => ((i * 37) % 101) ** 2 / 100 + shift)

describe('compareProfiles', () => {
  it('gives the numbers of scipy for categories', () => {
    const report = compare(
      { plan: times(['a', 'b', 'c'], [130, 55, 15]) },
      { plan: times(['a', 'b', 'c'], [610, 330, 114]) },
    )
    const { chi2 } = report.columns.plan!.tests
    // scipy 1.17: chi2_contingency([[130,55,15],[610,330,114]], correction=False) -> 4.037517683418129, 0.1328202137288702
    expect(chi2!.statistic).toBeCloseTo(4.037517683418129, 9)
    expect(chi2!.p_value).toBeCloseTo(0.1328202137288702, 9)
    // scipy 1.17: spatial.distance.jensenshannon([130,55,15],[610,330,114]) -> 0.05621318040848643
    expect(report.columns.plan!.distances.js).toBeCloseTo(0.05621318040848643, 12)
    expect(report.verdict).toBe('pass')
  })

  it('takes the exact test of numbers where the values are at hand, and bins where they are not', () => {
    const [before, now] = [skewed(150), skewed(83, 12)]
    const report = compare({ x: before }, { x: now }, { exact: new Map([['x', exactNumbers(before, now)]]) })
    const { tests, distances, drifted } = report.columns.x!
    // a = np.array([(i*37%101)**2/100 for i in range(150)]); b = np.array([(i*37%101)**2/100+12 for i in range(83)])
    // scipy 1.17: ks_2samp(a, b), wasserstein_distance(a, b)
    expect(tests.ks).toMatchObject({ method: 'exact', alpha: 1 / 52 })
    expect(tests.ks!.statistic).toBeCloseTo(0.3466666666666667, 12)
    expect(tests.ks!.p_value).toBeCloseTo(3.1705514004440596e-6, 12)
    expect(distances.wasserstein).toBeCloseTo(11.937053012048192, 9)
    expect(drifted).toBe(true)
    expect(tests.chi2!.alpha).toBeNull()
    const binned = compare({ x: before }, { x: now }).columns.x!
    expect(binned.tests.ks!.method).toBe('conservative')
    expect(binned.tests.ks!.p_value).toBeGreaterThanOrEqual(tests.ks!.p_value!)
    expect(binned.tests.chi2!.alpha).toBe(1 / 104)
  })

  it('needs both: a test that rejects and an effect that matters', () => {
    const small = compare({ c: times(['a', 'b'], [50_000, 50_000]) }, { c: times(['a', 'b'], [51_500, 48_500]) })
    expect(small.columns.c!.tests.chi2!.p_value).toBeLessThan(1e-9)
    expect(small.columns.c!.drifted).toBe(false)
    const few = compare({ c: times(['a', 'b'], [5, 5]) }, { c: times(['a', 'b'], [6, 2]) })
    expect(few.columns.c!.effects.chi2!.value).toBeGreaterThan(0.2)
    expect(few.columns.c!.drifted).toBe(false)
    const both = compare({ c: times(['a', 'b'], [500, 500]) }, { c: times(['a', 'b'], [350, 150]) })
    expect(both).toMatchObject({ verdict: 'fail', columns: { c: { drifted: true } } })
    expect(both.columns.c!.reason).toMatch(/^Rows moved to other cells: 20 % \(chi2, p = /)
  })

  it('sees more missing values, new categories, and nothing but missing values', () => {
    const before = { x: skewed(400), c: times(['a', 'b'], [300, 100]), gone: skewed(400) }
    const now = {
      x: [...skewed(200), ...new Array<null>(50).fill(null)],
      c: times(['a', 'b', 'z'], [180, 60, 10]),
      gone: new Array<null>(250).fill(null),
    }
    const { columns, verdict } = compare(before, now)
    expect(verdict).toBe('fail')
    expect(columns.x!.reason).toMatch(/^Missing values went from 0 % to 20 % \(p = /)
    expect(columns.c!.reason).toMatch(/4 % of the rows have a new category/)
    expect(columns.gone).toMatchObject({ drifted: true, missing: { reference: 0, current: 1 } })
    expect(Object.keys(columns.gone!.tests)).toEqual(['missing'])
  })

  it('tests over hash buckets where the reference does not list all values, which its largest ones would bias', () => {
    const ids = (from: number, rows: number) => Array.from({ length: rows }, (_, i) => `id${from + i * 7}`)
    const [before, now] = profiles({ id: ids(0, 900) }, { id: ids(100_000, 500) })
    for (const { columns } of [before, now])
      columns[0] = {
        ...columns[0]!,
        categories: { ...columns[0]!.categories!, top: [], other: 900, other_distinct: 900 },
      }
    const { id } = compareProfiles(before, now).columns
    expect(id!.drifted).toBe(false)
    expect(Object.keys(id!.tests)).toEqual(['chi2', 'missing'])
  })

  it('reports columns that are gone, new or of another type, and tables without rows', () => {
    const report = compare({ a: [1, 2, 3], b: ['x', 'y', 'y'] }, { b: [1, 2], c: [1, 2] })
    expect(report.findings.map(({ rule, level }) => [rule, level])).toEqual([
      ['column-gone', 'fail'],
      ['column-type', 'fail'],
      ['column-new', 'warn'],
    ])
    expect(report).toMatchObject({ verdict: 'fail', columns: {}, budget: { columns: 0, expected: 0 } })
    expect(compare({ a: [1, 2] }, { a: [1], b: [2] }).verdict).toBe('warn')
    expect(compare({ a: [1, 2] }, { a: [] }).findings[0]!.message).toBe('now has no rows: nothing can be compared.')
    expect(compare({ a: [1] }, { a: [2] })).toMatchObject({ verdict: 'pass', columns: { a: { drifted: false } } })
  })

  it('leaves out what is to be ignored, and refuses profiles on other edges', () => {
    const ignored = compare({ id: [1, 2, 3], x: [1, 1, 1] }, { x: [1, 1] }, { ignore: new Set(['id']) })
    expect(ignored).toMatchObject({ verdict: 'pass', budget: { columns: 1 } })
    const [before] = profiles({ x: [1, 2] }, {})
    const [other] = profiles({ x: [1, 3] }, {})
    expect(() => compareProfiles(before, other)).toThrow('The profiles of x have different edges')
  })
})
