import { type Batch, type Column, DriftReport, Profile } from '@mlwright/domain'
import {
  type Classifier,
  classifierTest,
  compareProfiles,
  type DriftOptions,
  reconstructionTest,
} from '@mlwright/drift'
import { xoshiro128 } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'
import { jointProfile } from './joint-profiles.ts'

const random = xoshiro128(20)
const unit = () => (random() + 0.5) / 2 ** 32
const normal = () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit())

/** Two columns that go together by `rho`, one of them skewed, and two that do not. */
function table(rows: number, rho: number) {
  const x = Float64Array.from({ length: rows }, normal)
  const y = x.map((value) => Math.exp(rho * value + Math.sqrt(1 - rho * rho) * normal()))
  const z = Float64Array.from({ length: rows }, () => unit() ** 3)
  const few = Float64Array.from({ length: rows }, () => Math.floor(6 * unit() ** 2))
  return { x, y, z, few }
}

type Columns = Readonly<Record<string, ArrayLike<number>>>

function compare(before: Columns, now: Columns, options?: DriftOptions) {
  const reference = jointProfile(before)
  expect(Profile.parse(reference)).toEqual(reference)
  const report = compareProfiles(reference, jointProfile(now, reference), options)
  expect(DriftReport.parse(report)).toEqual(report)
  return report
}

describe('drift that no column shows alone', () => {
  it('is caught from a profile when the correlation of two columns flips, and the two are named', () => {
    const report = compare(table(4000, 0.6), table(700, -0.6))
    expect(Object.values(report.columns).map(({ drifted }) => drifted)).toEqual([false, false, false, false])
    expect(report).toMatchObject({ verdict: 'fail', multivariate: { drifted: true } })
    expect(report.multivariate!.reason).toMatch(
      /^The rank correlation of x and y went from 0\.5\d+ to -0\.5\d+ \(p = [\de.-]+\)\.$/,
    )
    const [first] = report.multivariate!.pairs
    expect(first!.columns).toEqual(['x', 'y'])
    const { reconstruction } = report.multivariate!
    expect(reconstruction).toMatchObject({ columns: 4, components: 2 })
    expect(reconstruction!.current).toBeGreaterThan(reconstruction!.reference * 1.3)
  })

  it('is not found where nothing has changed, or too little to matter', () => {
    expect(compare(table(4000, 0.6), table(700, 0.6))).toMatchObject({
      verdict: 'pass',
      multivariate: { drifted: false, reason: '' },
    })
    const little = compare(table(20_000, 0.6), table(20_000, 0.54))
    expect(little.multivariate!.tests.correlation!.p_value).toBeLessThan(1e-6)
    expect(little.multivariate!.effects.correlation!.value).toBeLessThan(0.1)
    expect(little.multivariate!.drifted).toBe(false)
  })

  it('takes a share of the budget like a column, and shares it among its tests', () => {
    const { budget, columns, multivariate } = compare(table(900, 0.6), table(700, 0.6))
    expect(budget).toMatchObject({ columns: 4, multivariate: 1, alpha: 1 / (5 * 52) })
    expect(budget.expected).toBeCloseTo(1, 12)
    expect(columns.few!.tests.chi2!.alpha).toBe(1 / (5 * 52))
    expect(multivariate!.tests.correlation!.alpha).toBe(1 / (5 * 52))
    const alone = compare({ x: table(900, 0).x }, { x: table(700, 0).x })
    expect(alone).toMatchObject({ multivariate: null, budget: { columns: 1, multivariate: 0, alpha: 1 / 52 } })
  })

  it('has the correlations, z and errors of numpy and scikit-learn', () => {
    const small = (rows: number, changed: number) => {
      const a = Array.from({ length: rows }, (_, i) => Number((i * 3) % 7 < 3))
      return { a, b: a.map((v, i) => (i % 5 < changed ? 1 - v : v)), c: a.map((_, i) => ((i * i) % 11) % 5) }
    }
    const { multivariate } = compare(small(1000, 2), small(700, 4))
    const ab = multivariate!.pairs.find(({ columns }) => columns.join() === 'a,b')!
    // Scores s = floor(10 * (searchsorted(unique(x), y) - mean) / sd + 0.5) of both tables, by the first one's mean and sd;
    // numpy 2.4: corrcoef(s_a, s_b)[0, 1] of each, and (cov - cov) / sqrt(v * (1 / 1000 + 1 / 700)) with v the mean of
    // the variances of s_a * s_b, weighted by rows; scikit-learn 1.9: PCA(0.65) of the standardised scores of the first
    expect(ab.reference).toBeCloseTo(0.1983846856933091, 9)
    expect(ab.current).toBeCloseTo(-0.5960395606792688, 9)
    expect(multivariate!.tests.correlation!.statistic).toBeCloseTo(-17.625571818715198, 9)
    expect(multivariate!.reconstruction).toMatchObject({ components: 2, columns: 3 })
    expect(multivariate!.reconstruction!.reference).toBeCloseTo(0.8952681481166911, 9)
    expect(multivariate!.reconstruction!.current).toBeCloseTo(1.2634402210362772, 9)
  })

  it('leaves columns to their own tests where many more values are missing, and pairs with few rows out', () => {
    const now = table(700, 0.6)
    const gone = { ...now, y: now.y.map((value, i) => (i % 2 === 0 ? Number.NaN : value)) }
    const report = compare(table(4000, 0.6), gone)
    expect(report.columns.y!.drifted).toBe(true)
    expect(report.multivariate!.drifted).toBe(false)
    expect(report.multivariate!.pairs.flatMap(({ columns }) => columns)).not.toContain('y')
    const few = compare(table(4000, 0.6), table(30, -0.6))
    expect(few.multivariate).toBeNull()
    expect(few.budget.multivariate).toBe(0)
  })

  it('is not said again of a column that shows it alone', () => {
    const now = table(700, 0.6)
    const moved = { ...now, x: now.x.map((value, i) => (i % 2 === 0 ? value + 4 : value)) }
    const report = compare(table(4000, 0.6), moved)
    expect(report.columns.x!.drifted).toBe(true)
    expect(report.multivariate).toMatchObject({ drifted: false })
    expect(report.multivariate!.pairs.flatMap(({ columns }) => columns)).not.toContain('x')
    expect(report.budget.multivariate).toBe(1)
    const turned = table(700, -0.6)
    const both = compare(table(4000, 0.6), { ...turned, z: turned.z.map((value) => value + 1) })
    expect(both).toMatchObject({ columns: { z: { drifted: true } }, multivariate: { drifted: true } })
  })

  it('is not looked for beside an older profile, in columns that are ignored, or in one that is gone', () => {
    const before = table(900, 0.6)
    const { joint: _, ...older } = jointProfile(before)
    expect(compareProfiles(older, jointProfile(table(700, -0.6), older)).multivariate).toBeNull()
    const ignored = compare(before, table(700, -0.6), { ignore: new Set(['y']) })
    expect(ignored.multivariate!.drifted).toBe(false)
    const { y: __, ...without } = table(700, -0.6)
    const gone = compare(before, without)
    expect(gone.multivariate!.drifted).toBe(false)
    expect(gone.findings.map(({ rule }) => rule)).toEqual(['column-gone'])
  })
})

describe('the classifier', () => {
  const batch = (columns: Record<string, Column>, rows: number): Batch => ({
    rows,
    columns: new Map(Object.entries(columns)),
  })
  const rows = 800
  const values = Float64Array.from({ length: rows }, (_, i) => (i < 500 ? unit() : unit() + 0.5))
  const two = { table: batch({ x: { type: 'number', values } }, rows), reference: 500, seed: 4 }

  it('is judged on the half of the rows of each table that it has not learned from', async () => {
    const learn: Classifier = async ({ learn: learned, judge, labels }) => {
      expect([learned.length, judge.length]).toEqual([400, 400])
      expect(new Set([...learned, ...judge]).size).toBe(800)
      for (const half of [learned, judge]) expect(half.filter((row) => labels[row] === 0)).toHaveLength(250)
      return { scores: Float64Array.from(judge, (row) => values[row]!), importance: [{ column: 'x', share: 1 }] }
    }
    const found = await classifierTest(two, learn, 0.55)
    expect(found).toMatchObject({ rows: { reference: 500, current: 300, seed: 4 }, test: { name: 'classifier' } })
    // Uniform on 0..1 against 0.5..1.5: P(y > x) = 1 − 0.5² / 2
    expect(found!.test.effect.value).toBeCloseTo(0.875, 1)
    expect(found!.test.test.p_value).toBeLessThan(1e-20)
    expect(await classifierTest({ ...two, reference: 770 }, learn, 0.55)).toBeNull()
  })

  it('shares the level with the correlations, and names what it relies on', async () => {
    const learn: Classifier = async ({ judge }) => ({
      scores: Float64Array.from(judge, (row) => values[row]!),
      importance: [
        { column: 'x', share: 0.97 },
        { column: 'z', share: 0.03 },
      ],
    })
    const classifier = await classifierTest(two, learn, 0.55)
    const report = compare(table(900, 0.6), table(700, 0.6), { rows: { classifier } })
    expect(report.multivariate!.tests.classifier!.alpha).toBe(1 / (2 * 5 * 52))
    expect(report.multivariate!.reason).toMatch(
      /^A classifier tells the tables apart with an area under the ROC curve of 0\.8\d+ on rows that it has not seen \(p = [\de.-]+\), most of all by x\.$/,
    )
    expect(report.verdict).toBe('fail')
  })
})

describe('reconstruction errors', () => {
  const column = (values: Float64Array): Column => ({ type: 'number', values })
  const two = (before: number, now: number): Batch => {
    const [a, b] = [table(before, 0.8), table(now, -0.8)]
    const columns = (['x', 'y', 'z'] as const).map((name): [string, Column] => [
      name,
      column(Float64Array.from([...a[name], ...b[name]])),
    ])
    return { rows: before + now, columns: new Map(columns) }
  }

  it('of rows that the components have not seen are compared, and grow where a correlation flips', () => {
    const found = reconstructionTest({ table: two(900, 500), reference: 900, seed: 2 }, 0.05)!
    expect(found.test).toMatchObject({ name: 'reconstruction', decides: true, test: { method: 'exact' } })
    expect(found.test.test.p_value).toBeLessThan(1e-6)
    expect(found.current).toBeGreaterThan(found.reference * 1.1)
    const { multivariate } = compare(table(900, 0.8), table(500, 0.8), { rows: { reconstruction: found } })
    expect(multivariate!.tests.reconstruction!.alpha).toBe(1 / (2 * 5 * 52))
    expect(multivariate!.reason).toMatch(
      /^What principal components of the reference miss of a row went from [\d.]+ to [\d.]+ standard deviations on average \(p = [\de.-]+\)\.$/,
    )
  })

  it('have no unit of what is left of equal values by rounding', () => {
    const { columns, rows } = two(900, 500)
    const constant = column(Float64Array.from({ length: rows }, (_, row) => (row < 1399 ? 0.1 : 0.3)))
    const found = reconstructionTest(
      { table: { rows, columns: new Map([...columns, ['c', constant]]) }, reference: 900, seed: 2 },
      0.05,
    )!
    expect(found.current).toBeLessThan(2)
  })

  it('are not looked at in few rows, one column, or where the components miss nothing', () => {
    expect(reconstructionTest({ table: two(900, 30), reference: 900, seed: 2 }, 0.05)).toBeNull()
    const { columns, rows } = two(300, 200)
    const only = (...names: string[]) => ({
      rows,
      columns: new Map([...columns].filter(([name]) => names.includes(name))),
    })
    expect(reconstructionTest({ table: only('x'), reference: 300, seed: 2 }, 0.05)).toBeNull()
    expect(reconstructionTest({ table: only('x', 'z'), reference: 300, seed: 2 }, 0.05)).toBeNull()
  })
})
