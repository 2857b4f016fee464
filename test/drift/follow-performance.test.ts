import { followClasses, followNumbers, followPerformance, watchErrors } from '@mlwright/drift'
import { describe, expect, it } from 'vitest'
import { classAnswers, numberAnswers, uniform } from './answers.ts'

const nobody = (rows: number) => new Float64Array(rows).fill(Number.NaN)
const alerts = ({ chunks }: ReturnType<typeof followNumbers>, name: string) =>
  chunks.map(({ metrics }) => metrics[name]!.alert)

describe('followNumbers', () => {
  const reference = numberAnswers(3000, 3)

  it('measures each chunk with an interval, and rings where errors have grown', () => {
    const current = numberAnswers(1500, 4, { noise: 2, broken: 900 })
    const { task, estimator, chunks, ...found } = followNumbers(reference, current, 0.01, null)
    expect({ task, estimator }).toEqual({ task: 'regression', estimator: null })
    const errors = current.labels.subarray(0, 150).map((label, row) => Math.abs(label - current.predictions[row]!))
    const mae = errors.reduce((sum, error) => sum + error, 0) / 150
    expect(chunks[0]!.metrics.mae!.measured).toBeCloseTo(mae, 10)
    expect(chunks[0]!.metrics.mae!.low).toBeLessThan(mae)
    expect(alerts({ ...found, chunks }, 'mae')).toEqual([...Array(6).fill(false), ...Array(4).fill(true)])
    expect(chunks[9]!.metrics.r2).toMatchObject({ threshold: null, alert: false })
  })

  it('rings by the expected losses where no label has arrived', () => {
    const current = { ...numberAnswers(1500, 4), labels: nobody(1500) }
    const absolute = Float64Array.from({ length: 1500 }, (_, row) => (row < 750 ? 1.7 : 3))
    const found = followNumbers(reference, current, 0.01, { absolute, squared: absolute.map((each) => each * each) })
    expect(found.estimator).toBe('dle')
    expect(found.chunks[0]!.metrics.mae).toMatchObject({ measured: null, low: null })
    expect(found.chunks[0]!.metrics.mae!.estimated).toBeCloseTo(1.7, 12)
    expect(alerts(found, 'mae')).toEqual([...Array(5).fill(false), ...Array(5).fill(true)])
  })

  it('keeps its level where errors have heavy tails', () => {
    const next = uniform(9)
    const heavy = (rows: number) => {
      const predictions = Float64Array.from({ length: rows }, () => next() * 9)
      return { predictions, labels: predictions.map((each) => each + (next() - 0.4) * next() ** -0.4) }
    }
    let rang = 0
    for (let run = 0; run < 200; run++)
      rang += Number(
        followNumbers(heavy(2000), heavy(600), 0.05, null).chunks.some(
          (c) => c.metrics.mae!.alert || c.metrics.rmse!.alert,
        ),
      )
    expect(rang / 200).toBeLessThanOrEqual(0.08)
  })

  it('says what it lacks', () => {
    const few = { predictions: new Float64Array(30), labels: nobody(30) }
    expect(() => followNumbers(few, reference, 0.05, null)).toThrow(
      'The reference has 0 rows with a prediction and a label; performance needs 20.',
    )
  })
})

describe('followPerformance', () => {
  it.each([
    ['few positives', -6, 2],
    ['scores near 0 and 1', 0, 8],
  ])('keeps its level in small chunks: %s', (_, centre, spread) => {
    const next = uniform(12)
    const normal = () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())
    const answers = () => {
      const scores = Float64Array.from({ length: 300 }, () => 1 / (1 + Math.exp(-centre - spread * normal())))
      const predicted = scores.map((score) => Number(score >= 0.5))
      return { scores, predicted, labels: scores.map((score) => Number(next() < score)) }
    }
    let rang = 0
    for (let run = 0; run < 250; run++) {
      const { chunks } = followPerformance(answers(), answers(), 0.001)
      rang += Number(chunks.some(({ metrics }) => Object.values(metrics).some(({ alert }) => alert)))
    }
    expect(rang).toBeLessThanOrEqual(1)
  })
})

describe('followClasses', () => {
  const reference = classAnswers(3000, 11)

  it('measures where labels have arrived, estimates where they have not, and is silent while nothing changes', () => {
    const current = classAnswers(2000, 12)
    current.labels.fill(Number.NaN, 1000)
    const { chunks, reference: before, calibrated } = followClasses(reference, current, 0.05)
    expect(calibrated).toBe(true)
    expect(chunks.map(({ labelled }) => labelled)).toEqual([200, 200, 200, 200, 200, 0, 0, 0, 0, 0])
    const right = current.predicted.subarray(0, 200).filter((each, row) => each === current.labels[row]).length
    expect(chunks[0]!.metrics.accuracy!.measured).toBeCloseTo(right / 200, 12)
    for (const { metrics } of chunks)
      for (const [name, { estimated, alert }] of Object.entries(metrics)) {
        expect(Math.abs(estimated! - before[name]!)).toBeLessThan(0.06)
        expect(alert).toBe(false)
      }
  })

  it('rings where labels no longer follow the scores, and by accuracy alone where only decisions are known', () => {
    const current = classAnswers(2000, 12)
    const next = uniform(1)
    for (let row = 1000; row < 2000; row++) if (next() < 0.4) current.labels[row] = (current.labels[row]! + 1) % 3
    const found = followClasses(reference, current, 0.01)
    expect(alerts(found, 'accuracy')).toEqual([...Array(5).fill(false), ...Array(5).fill(true)])
    expect(alerts(found, 'roc_auc_ovr').slice(5).filter(Boolean).length).toBeGreaterThanOrEqual(4)
    const decided = followClasses({ ...reference, scores: null }, { ...current, scores: null }, 0.01)
    expect(decided).toMatchObject({ estimator: null, calibrated: false })
    expect(Object.keys(decided.reference)).toEqual(['accuracy', 'f1_macro'])
    expect(alerts(decided, 'accuracy')).toEqual(alerts(found, 'accuracy'))
  })

  it('expects accuracy of the predicted class by its score alone', () => {
    const own = (sample: typeof reference) => ({
      ...sample,
      scores: null,
      confidence: sample.predicted.map((k, row) => sample.scores[row * 3 + k]!),
    })
    const current = { ...classAnswers(2000, 12), labels: nobody(2000) }
    const whole = followClasses(reference, current, 0.05)
    const alone = followClasses(own(reference), own(current), 0.05)
    for (const [chunk, { metrics }] of alone.chunks.entries())
      expect(Math.abs(metrics.accuracy!.estimated! - whole.chunks[chunk]!.metrics.accuracy!.estimated!)).toBeLessThan(
        0.01,
      )
  })
})

describe('watchErrors', () => {
  const next = uniform(2)
  const wrong = (rows: number, share: number) => Float64Array.from({ length: rows }, () => Number(next() < share))

  it('says at which row errors were found to have grown, and since which', () => {
    const current = Float64Array.from([...wrong(700, 0.1), ...wrong(500, 0.4)])
    const times = current.map((_, row) => Date.UTC(2026, 0, 1) + row * 3_600_000)
    const found = watchErrors({ name: 'wrong', reference: wrong(2000, 0.1), current, times }, 0.002)!
    expect(found).toMatchObject({ detector: 'adwin', labelled: 1200 })
    const [first, ...others] = found.alarms
    expect(others.length).toBeLessThanOrEqual(1)
    expect(first!.row).toBeGreaterThan(700)
    expect(first!.row).toBeLessThan(900)
    expect(Math.abs(first!.since - 701)).toBeLessThan(40)
    expect(first!.since_time).toBe(new Date(times[first!.since - 1]!).toISOString())
    expect(first!.after - first!.before).toBeGreaterThan(0.2)
  })

  it('is silent where errors stay or shrink, and skips rows without labels', () => {
    const current = Float64Array.from([...wrong(400, 0.1), ...nobody(300), ...wrong(400, 0.02)])
    const found = watchErrors({ name: 'wrong', reference: wrong(2000, 0.1), current, times: null }, 0.002)
    expect(found).toMatchObject({ labelled: 800, alarms: [] })
    expect(watchErrors({ name: 'wrong', reference: wrong(50, 0.1), current: nobody(9), times: null }, 0.002)).toBeNull()
  })

  it('finds grown numbers without a row that is out of all bounds deciding it', () => {
    const sizes = (rows: number, scale: number) => Float64Array.from({ length: rows }, () => -Math.log(next()) * scale)
    const reference = sizes(2000, 1)
    const once = sizes(900, 1)
    once[300] = 1e9
    expect(watchErrors({ name: 'absolute_error', reference, current: once, times: null }, 0.002)!.alarms).toEqual([])
    const grown = Float64Array.from([...sizes(500, 1), ...sizes(500, 2.2)])
    const [alarm] = watchErrors({ name: 'absolute_error', reference, current: grown, times: null }, 0.002)!.alarms
    expect(Math.abs(alarm!.since - 501)).toBeLessThan(60)
  })
})
