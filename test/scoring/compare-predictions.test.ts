import { Comparison, type Predictions } from '@mlwright/domain'
import { type ComparisonRequest, comparePredictions } from '@mlwright/scoring'
import { describe, expect, it } from 'vitest'
import { binary, eight, eleven, settings, text, thirteen } from './fixture.ts'

function compare(was: Predictions, is: Predictions, request: Partial<ComparisonRequest> = {}) {
  return comparePredictions({
    model: 'churn',
    baseline: { run: 'r1', commit: 'c0ffee', input_digest: 'old', retrained: false, predictions: was },
    candidate: { run: 'r2', input_digest: 'new', predictions: is },
    settings: settings(),
    resampling: { kind: 'row' },
    resamples: 300,
    ...request,
  })
}

/** Some of the rows, in this order. */
function pick(predictions: Predictions, rows: readonly number[]): Predictions {
  const positive = rows.map((row) => predictions.scores![2 * row + 1]!)
  const labels = rows.map((row) => predictions.labels[row]!)
  return { ...binary(labels, positive), keys: rows.map((row) => predictions.keys![row]!) }
}

/** 400 rows of which every fifth is positive, and scores that are right but for the rows named. */
function fourHundred(wrong: (row: number) => boolean): Predictions {
  const labels = Array.from({ length: 400 }, (_, row) => (row % 5 === 0 ? 1 : 0))
  return binary(
    labels,
    labels.map((label, row) => ((label === 1) === wrong(row) ? 0.2 : 0.9)),
  )
}

describe('comparePredictions', () => {
  it('writes what the format of a comparison accepts', () => {
    const comparison = { ...compare(thirteen(), thirteen()), features: [], params: [] }
    const data = { digest: 'd', rows: 13 }
    const whole = { ...comparison, data: { baseline: data, candidate: data, added: [], removed: [], retyped: [] } }
    expect(Comparison.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
    expect(comparison).toMatchObject({
      kind: 'Comparison',
      model: 'churn',
      baseline: { run: 'r1', commit: 'c0ffee', input_digest: 'old', retrained: false },
      candidate: { run: 'r2', input_digest: 'new' },
      resampling: 'row',
      level: 0.95,
    })
    expect(comparison.baseline).not.toHaveProperty('predictions')
  })

  it('calls equal predictions equal', () => {
    const { metrics, flips, paired, rows } = compare(thirteen(), thirteen())
    expect(paired).toBe(true)
    expect(rows).toEqual({ both: 13, baseline: 13, candidate: 13 })
    expect(metrics.accuracy).toMatchObject({ change: 0, low: 0, high: 0, noise: true, better: null })
    expect(flips).toEqual({ changed: 0, right: 0, wrong: 0, largest: [] })
  })

  it('finds rows by their key, whatever their order', () => {
    const shuffled = pick(thirteen(), [5, 2, 12, 0, 9, 1, 4, 3, 11, 7, 8, 10, 6])
    const { metrics, flips } = compare(shuffled, thirteen())
    expect(metrics.roc_auc!.change).toBe(0)
    expect(flips!.changed).toBe(0)
  })

  it('compares on the rows in common where 90 % of the candidate are, and else on each one’s own', () => {
    const common = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    const nearly = compare(pick(thirteen(), common), thirteen())
    expect(nearly).toMatchObject({ paired: true, rows: { both: 12, baseline: 12, candidate: 13 } })
    // p >= .5 is right for 9 of 13 rows, and for 8 of the first 12
    expect(nearly.metrics.accuracy).toMatchObject({ baseline: 8 / 12, candidate: 8 / 12 })
    const rarely = compare(pick(thirteen(), common.slice(1)), thirteen(), { settings: settings({ slices: ['plan'] }) })
    expect(rarely).toMatchObject({
      paired: false,
      rows: { both: 11, baseline: 11, candidate: 13 },
      flips: null,
      slices: [],
    })
    expect(rarely.metrics.accuracy!.candidate).toBe(9 / 13)
    expect(rarely.metrics.accuracy!.low).toBeLessThan(rarely.metrics.accuracy!.high!)
  })

  it('compares predictions without keys as independent samples', () => {
    expect(compare({ ...thirteen(), keys: null }, thirteen())).toMatchObject({
      paired: false,
      rows: { both: 0, baseline: 13, candidate: 13 },
    })
  })

  it('puts the classes of the baseline in the order of the candidate', () => {
    const { classes, labels, scores, ...rest } = thirteen()
    const turned: Predictions = {
      ...rest,
      classes: ['yes', 'no'],
      labels: labels.map((label) => 1 - label),
      scores: scores!.map((_, i) => scores![i % 2 === 0 ? i + 1 : i - 1]!),
    }
    const { metrics, flips } = compare(turned, { ...rest, classes, labels, scores })
    expect(metrics.roc_auc).toMatchObject({ baseline: metrics.roc_auc!.candidate, change: 0 })
    expect(flips!.changed).toBe(0)
    const decided = {
      ...turned,
      scores: null,
      decisions: Int32Array.from(turned.labels, (_, row) => (row === 3 ? 0 : 1)),
    }
    expect(compare(decided, thirteen()).metrics.accuracy!.baseline).toBeCloseTo(8 / 13, 12)
  })

  it('realigns three classes', () => {
    const is = eleven()
    // the baseline's order is c, a, b
    const was: Predictions = {
      ...is,
      classes: ['c', 'a', 'b'],
      labels: is.labels.map((label) => (label + 1) % 3),
      scores: is.scores!.map((_, i) => is.scores![i - (i % 3) + (((i % 3) + 2) % 3)]!),
    }
    const some = settings({ metrics: ['log_loss', 'accuracy'], primary: 'log_loss', threshold: null })
    const { metrics, flips } = compare(was, is, { settings: some })
    expect(metrics.log_loss!.baseline).toBeCloseTo(metrics.log_loss!.candidate!, 12)
    expect(metrics.accuracy!.change).toBe(0)
    expect(flips!.changed).toBe(0)
  })

  it('compares nothing where the classes differ', () => {
    const was = { ...thirteen(), classes: ['no', 'maybe'] }
    const gates = [{ metric: 'accuracy', rule: 'max_drop', limit: 0.01, requirement: null }] as const
    expect(compare(was, thirteen(), { settings: settings({ gates }) })).toMatchObject({
      metrics: {},
      flips: null,
      slices: [],
      paired: false,
      gates: [{ verdict: 'warn' }],
    })
  })

  it('counts flips that are now right, and now wrong, and shows those that moved furthest', () => {
    const was = binary([1, 0, 1, 0, 0], [0.4, 0.45, 0.9, 0.8, 0.1])
    const is = binary([1, 0, 1, 0, 0], [0.55, 0.97, 0.85, 0.3, 0.2])
    const { flips } = compare(was, is)
    expect(flips).toMatchObject({ changed: 3, right: 2, wrong: 1 })
    expect(flips!.largest.map(({ key }) => key)).toEqual(['k1', 'k3', 'k0'])
    expect(flips!.largest[0]).toEqual({
      key: 'k1',
      label: 'no',
      baseline: 'no',
      candidate: 'yes',
      baseline_score: 0.45,
      candidate_score: 0.97,
    })
  })

  it('counts a flip from one wrong class to another neither as right nor as wrong', () => {
    const is = eleven()
    const was = { ...is, scores: is.scores!.slice() }
    // row 2 is of class b: from c to a
    was.scores.set([0.1, 0.4, 0.5], 6)
    const some = settings({ metrics: ['accuracy'], primary: 'accuracy', threshold: null })
    expect(compare(was, is, { settings: some }).flips).toMatchObject({ changed: 1, right: 0, wrong: 0 })
  })

  it('shows ten flips at most', () => {
    const { flips } = compare(
      fourHundred(() => false),
      fourHundred((row) => row < 25),
    )
    expect(flips).toMatchObject({ changed: 25, right: 0, wrong: 25 })
    expect(flips!.largest).toHaveLength(10)
  })

  it('tells a change from noise, and better from worse whichever way the metric goes', () => {
    const some = settings({ metrics: ['accuracy', 'log_loss'] })
    const far = compare(
      fourHundred((row) => row % 7 === 0),
      fourHundred((row) => row % 50 === 0),
      { settings: some },
    ).metrics
    expect(far.accuracy).toMatchObject({ noise: false, better: true })
    expect(far.accuracy!.low).toBeGreaterThan(0)
    expect(far.log_loss).toMatchObject({ noise: false, better: true })
    expect(far.log_loss!.change).toBeLessThan(0)
    const near = compare(
      fourHundred((row) => row % 20 === 1),
      fourHundred((row) => row % 20 === 2 || row === 4),
      { settings: some },
    ).metrics
    expect(near.accuracy).toMatchObject({ noise: true, better: false })
  })

  it('finds a paired change far narrower than an unpaired one', () => {
    const [was, is] = [fourHundred((row) => row % 4 === 0), fourHundred((row) => row % 4 === 0 && row > 20)]
    const width = ({ low, high }: { low: number | null; high: number | null }) => high! - low!
    const paired = compare(was, is).metrics.accuracy!
    const unpaired = compare({ ...was, keys: null }, is).metrics.accuracy!
    expect(unpaired.change).toBeCloseTo(paired.change!, 12)
    expect(width(unpaired)).toBeGreaterThan(3 * width(paired))
  })

  it('repeats itself for the same seed', () => {
    const [was, is] = [fourHundred((row) => row % 9 === 0), fourHundred((row) => row % 11 === 0)]
    expect(compare(was, is, { seed: 3 })).toEqual(compare(was, is, { seed: 3 }))
    expect(compare(was, is, { seed: 3 }).metrics).not.toEqual(compare(was, is, { seed: 4 }).metrics)
  })

  it.each(['group', 'block'] as const)('resamples the matched rows and their slices by %s', (kind) => {
    const every = Array.from({ length: 400 }, (_, row) => row)
    const resampling =
      kind === 'group'
        ? ({ kind, codes: Int32Array.from(every, (row) => Math.floor(row / 20)) } as const)
        : ({ kind, order: Int32Array.from(every).reverse() } as const)
    const plan = text(every.map((row) => (row < 180 ? 'first' : 'last')))
    // forty rows in a stretch are wrong: whole groups, so that their interval is wider than that of rows
    const is = { ...fourHundred((row) => row >= 100 && row < 140), columns: new Map([['plan', plan]]) }
    const was = pick(
      fourHundred(() => false),
      every.filter((row) => row >= 20),
    )
    const some = settings({ primary: 'accuracy', metrics: ['accuracy'], slices: ['plan'] })
    const found = compare(was, is, { resampling, settings: some })
    expect(found).toMatchObject({ paired: true, resampling: kind, rows: { both: 380 } })
    const { low, high } = found.metrics.accuracy!
    const alone = compare(was, is, { settings: some }).metrics.accuracy!
    expect(high! - low!).toBeGreaterThan(1.5 * (alone.high! - alone.low!))
    expect(found.slices.map(({ value, rows, primary }) => [value, rows, primary.change])).toEqual([
      ['first', 160, -0.25],
      ['last', 220, 0],
    ])
    expect(found.slices[0]!.primary.low).toBeLessThan(-0.25)
    expect(found.slices[1]!.primary).toMatchObject({ low: 0, high: 0 })
  })

  it('lists slices of twenty rows or more by the primary metric, worst first', () => {
    const plan = text(Array.from({ length: 400 }, (_, row) => (row < 10 ? 'few' : row < 200 ? 'worse' : 'better')))
    const is = { ...fourHundred((row) => row >= 10 && row < 60), columns: new Map([['plan', plan]]) }
    const was = fourHundred((row) => row >= 200 && row < 260)
    const of = (primary: 'accuracy' | 'log_loss') =>
      compare(was, is, { settings: settings({ primary, metrics: [primary], slices: ['plan'] }) }).slices
    for (const slices of [of('accuracy'), of('log_loss')]) {
      expect(slices.map(({ value, rows }) => [value, rows])).toEqual([
        ['worse', 190],
        ['better', 200],
      ])
      expect(slices.map(({ primary }) => primary.better)).toEqual([false, true])
    }
  })

  it('judges drops, and leaves minima to the evaluation', () => {
    const gates = [
      { metric: 'accuracy', rule: 'min', limit: 0.99, requirement: null },
      { metric: 'accuracy', rule: 'max_drop', limit: 0.01, requirement: null },
    ] as const
    const [was, is] = [fourHundred(() => false), fourHundred((row) => row % 4 === 0)]
    expect(compare(was, is, { settings: settings({ gates }) }).gates).toMatchObject([
      { rule: 'max_drop', verdict: 'fail', value: 0.25 },
    ])
    expect(compare(is, was, { settings: settings({ gates }) }).gates).toMatchObject([{ verdict: 'pass' }])
  })

  it('gives no flips of a regression', () => {
    const some = settings({ metrics: ['rmse', 'r2'], primary: 'rmse', threshold: null })
    const was = { ...eight(), scores: eight().scores!.map((score) => score + 3) }
    const { flips, metrics } = compare(was, eight(), { settings: some })
    expect(flips).toBeNull()
    // scikit-learn 1.9: root_mean_squared_error(y, q + 3) -> 8.49943012795564, without 3 -> 8.89397619178284
    expect(metrics.rmse!.baseline).toBeCloseTo(8.49943012795564, 9)
    expect(metrics.rmse!.candidate).toBeCloseTo(8.89397619178284, 9)
    expect(metrics.rmse!.better).toBe(false)
  })

  it('leaves a metric open that one side cannot have', () => {
    const decisions = Int32Array.from(thirteen().labels)
    const { metrics } = compare({ ...thirteen(), scores: null, decisions }, thirteen())
    expect(metrics.roc_auc).toMatchObject({
      baseline: null,
      change: null,
      low: null,
      high: null,
      noise: false,
      better: null,
    })
    expect(metrics.accuracy).toMatchObject({ baseline: 1, better: false })
  })
})
