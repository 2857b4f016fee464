import { Evaluation } from '@mlwright/domain'
import { type EvaluationRequest, evaluatePredictions } from '@mlwright/scoring'
import { describe, expect, it } from 'vitest'
import { binary, eight, eleven, numbers, settings, text, thirteen } from './fixture.ts'

const evaluate = (request: Partial<EvaluationRequest> & Pick<EvaluationRequest, 'predictions'>) =>
  evaluatePredictions({
    model: 'churn',
    run: 'r1',
    settings: settings(),
    resampling: { kind: 'row' },
    resamples: 200,
    ...request,
  })

/** What a reader of the record gets, checked against its format. */
const stored = (evaluation: Evaluation) => Evaluation.parse(JSON.parse(JSON.stringify(evaluation)))

const value = { true_positive: 100, false_positive: -10, false_negative: -40, true_negative: 0, unit: 'CHF' }

describe('evaluatePredictions', () => {
  it('writes a record that its format accepts, for every task and for one class alone', () => {
    for (const evaluation of [
      evaluate({ predictions: thirteen(), value, trainLabels: Float64Array.from([0, 0, 1]) }),
      evaluate({ predictions: eleven(), settings: settings({ metrics: ['f1_macro'], threshold: null }) }),
      evaluate({ predictions: eight(), settings: settings({ metrics: ['rmse'], threshold: null }) }),
      evaluate({ predictions: binary([0, 0, 0], [0.2, 0.9, 0.4]), value }),
      evaluate({ predictions: binary([1, 1], [0.2, 0.9]), value }),
      evaluate({ predictions: binary([1], [0.3]), value }),
    ])
      expect(stored(evaluation)).toEqual(evaluation)
  })

  it('says what was judged', () => {
    expect(evaluate({ predictions: thirteen() })).toMatchObject({
      kind: 'Evaluation',
      version: 1,
      model: 'churn',
      run: 'r1',
      task: 'classification',
      primary: 'roc_auc',
      rows: 13,
      class_counts: { no: 9, yes: 4 },
      classes: ['no', 'yes'],
      threshold: 0.5,
      level: 0.95,
      resamples: 200,
      train_metrics: {},
      majority_metrics: {},
      value: null,
      slices: [],
      findings: [],
      verdict: 'pass',
    })
  })

  it('gives the same intervals for the same seed, and others for another', () => {
    const intervals = (seed?: number) =>
      evaluate({ predictions: thirteen(), ...(seed !== undefined && { seed }) }).metrics.accuracy!
    expect(intervals()).toEqual(intervals())
    expect(intervals(7)).toEqual(intervals())
    expect([8, 9, 10].map((seed) => intervals(seed).low)).not.toEqual([1, 2, 3].map(() => intervals().low))
    const { value: accuracy, low, high } = intervals()
    expect(low).toBeLessThan(accuracy!)
    expect(high).toBeGreaterThan(accuracy!)
  })

  it('finds the interval of a share near what the normal distribution says', () => {
    const labels = Array.from({ length: 900 }, (_, row) => (row % 5 === 0 ? 1 : 0))
    const predictions = binary(labels, Array(900).fill(0.1))
    const { low, high } = evaluate({ predictions, resamples: 1000 }).metrics.accuracy!
    // 0.8 ± 1.96 · sqrt(0.8 · 0.2 / 900) -> [0.7739, 0.8261]
    expect(Math.abs(low! - 0.7739)).toBeLessThan(0.004)
    expect(Math.abs(high! - 0.8261)).toBeLessThan(0.004)
  })

  it('widens intervals where rows come in groups', () => {
    const labels = Array.from({ length: 300 }, (_, row) => (Math.floor(row / 30) % 3 === 0 ? 1 : 0))
    const predictions = binary(labels, Array(300).fill(0.1))
    const codes = Int32Array.from(labels, (_, row) => Math.floor(row / 30))
    const width = (resampling: EvaluationRequest['resampling']) => {
      const { low, high } = evaluate({ predictions, resampling }).metrics.accuracy!
      return high! - low!
    }
    expect(width({ kind: 'group', codes })).toBeGreaterThan(2 * width({ kind: 'row' }))
  })

  it('takes fewer resamples of large samples unless told', () => {
    const labels = Array.from({ length: 40_000 }, (_, row) => row % 2)
    const predictions = binary(labels, Array(40_000).fill(0.6))
    const { resamples } = evaluatePredictions({
      model: 'm',
      run: null,
      predictions,
      settings: settings({ metrics: ['accuracy'] }),
      resampling: { kind: 'row' },
    })
    expect(resamples).toBe(500)
  })

  it('judges each value of a slice column, the most frequent first, missing ones too', () => {
    const plan = text(['x', 'y', 'x', null, 'x', 'y', 'x', 'y', 'x', 'x', null, 'y', 'x'])
    const predictions = { ...thirteen(), columns: new Map([['plan', plan]]) }
    const { slices } = evaluate({ predictions, settings: settings({ metrics: ['accuracy'], slices: ['plan'] }) })
    expect(slices.map((slice) => [slice.column, slice.value, slice.rows])).toEqual([
      ['plan', 'x', 7],
      ['plan', 'y', 4],
      ['plan', null, 2],
    ])
    // rows 0,2,4,6,8,9,12: y = 0,1,1,0,0,0,0 and p >= .5 = 0,1,0,0,0,1,0 -> 5 of 7
    expect(slices[0]!.metrics.accuracy!.value).toBeCloseTo(5 / 7, 12)
  })

  it('keeps to the twenty most frequent values of a column, and names numbers, flags and days', () => {
    const labels = Array.from({ length: 60 }, (_, row) => row % 2)
    const predictions = {
      ...binary(labels, Array(60).fill(0.6)),
      columns: new Map([
        ['n', numbers(labels.map((_, row) => Math.min(row, 25) / 2))],
        ['flag', { type: 'boolean', values: Float64Array.from(labels, (_, row) => (row < 50 ? 1 : 0)) }],
        ['day', { type: 'date', values: Float64Array.from(labels, (_, row) => (row < 59 ? 19_723.5 : Number.NaN)) }],
      ] as const),
    }
    const slices = evaluate({
      predictions,
      settings: settings({ metrics: ['accuracy'], slices: ['n', 'flag', 'day', 'absent'] }),
    }).slices.map((slice) => [slice.column, slice.value, slice.rows])
    expect(slices.filter(([column]) => column === 'n')).toHaveLength(20)
    expect(slices[0]).toEqual(['n', '12.5', 35])
    expect(slices.slice(20)).toEqual([
      ['flag', 'true', 50],
      ['flag', 'false', 10],
      ['day', '2024-01-01', 59],
      ['day', null, 1],
    ])
  })

  it('draws the curves of two classes, and counts what was confused', () => {
    const { curves, confusion } = evaluate({ predictions: thirteen(), settings: settings({ threshold: 0.4 }) })
    // scikit-learn 1.9: confusion_matrix(y, p >= .4) -> [[4, 5], [1, 3]]
    expect(confusion).toEqual([
      [4, 5],
      [1, 3],
    ])
    expect(curves!.roc.at(0)).toEqual([0, 0])
    expect(curves!.roc.at(-1)).toEqual([1, 1])
    // scikit-learn 1.9: precision_recall_curve(y, p) has precision 0.375 at recall 0.75
    expect(curves!.precision_recall).toContainEqual([0.75, 0.375])
    expect(curves!.calibration.reduce((sum, { rows }) => sum + rows, 0)).toBe(13)
    const several = evaluate({ predictions: eleven(), settings: settings({ metrics: ['accuracy'], threshold: null }) })
    // scikit-learn 1.9: confusion_matrix(y, P.argmax(1)) -> [[5, 1, 0], [1, 1, 0], [1, 0, 2]]
    expect(several).toMatchObject({
      curves: null,
      best_thresholds: null,
      threshold: null,
      confusion: [
        [5, 1, 0],
        [1, 1, 0],
        [1, 0, 2],
      ],
    })
  })

  it('finds the thresholds of the best F1 and the best value', () => {
    const { best_thresholds } = evaluate({ predictions: thirteen(), value: { ...value, false_negative: 0 } })
    // scikit-learn 1.9: f1_score(y, p >= t) over all t is highest at .81: 0.6666666666666666
    expect(best_thresholds!.f1.threshold).toBe(0.81)
    expect(best_thresholds!.f1.value).toBeCloseTo(0.6666666666666666, 12)
    // at .35 four hits and five false alarms: (4 · 100 - 5 · 10) / 13
    expect(best_thresholds!.value!.threshold).toBe(0.35)
    expect(best_thresholds!.value!.value).toBeCloseTo(350 / 13, 12)
    expect(evaluate({ predictions: thirteen() }).best_thresholds!.value).toBeNull()
  })

  it('weighs decisions by what they are worth', () => {
    const { value: found } = evaluate({ predictions: thirteen(), value })
    // p >= .5: 2 hits, 2 false alarms, 2 misses, 7 others: 2 · 100 - 2 · 10 - 2 · 40
    expect(found).toMatchObject({ total: 100, unit: 'CHF' })
    expect(found!.per_row.value).toBeCloseTo(100 / 13, 12)
    expect(found!.per_row.low).toBeLessThan(100 / 13)
    expect(found!.per_row.high).toBeGreaterThan(100 / 13)
  })

  it('shows what the majority of the training rows would give, and the metrics on those rows', () => {
    const { majority_metrics, train_metrics } = evaluate({
      predictions: thirteen(),
      settings: settings({ metrics: ['accuracy', 'roc_auc', 'log_loss', 'precision'] }),
      train: binary([0, 1, 1, 0, 0], [0.1, 0.9, 0.8, 0.2, 0.6]),
      trainLabels: Float64Array.from([0, 1, 0, 0]),
    })
    expect(majority_metrics.accuracy).toBeCloseTo(9 / 13, 12)
    expect(majority_metrics.roc_auc).toBe(0.5)
    // scikit-learn 1.9: log_loss(y, [[.75, .25]] * 13) -> 0.6257206
    expect(majority_metrics.log_loss).toBeCloseTo(-(9 * Math.log(0.75) + 4 * Math.log(0.25)) / 13, 12)
    expect(majority_metrics.precision).toBeNull()
    expect(train_metrics.accuracy).toBeCloseTo(0.8, 12)
    const mean = evaluate({
      predictions: eight(),
      settings: settings({ metrics: ['mae', 'r2'], threshold: null }),
      trainLabels: Float64Array.from([10, 20, 0]),
    }).majority_metrics
    // always 10: (7 + 10.5 + 8 + 3 + 5.8 + 110 + 9.75 + 1) / 8
    expect(mean.mae).toBeCloseTo(155.05 / 8, 12)
    expect(mean.r2).toBeLessThan(0)
  })

  it('takes the verdict of the worst gate, and carries the findings', () => {
    const gates = [
      { metric: 'roc_auc', rule: 'min', limit: 0.7, requirement: null },
      { metric: 'accuracy', rule: 'min', limit: 0.9, requirement: 'R1' },
      { metric: 'accuracy', rule: 'max_drop', limit: 0.1, requirement: null },
    ] as const
    const nothing = { column: null, location: null, count: null, share: null, examples: [] }
    const evaluation = evaluate({
      predictions: thirteen(),
      settings: settings({ gates }),
      findings: [{ ...nothing, rule: 'leakage', level: 'warn', message: 'Look.' }],
    })
    expect(evaluation.gates.map((gate) => gate.verdict)).toEqual(['pass', 'fail'])
    expect(evaluation.verdict).toBe('fail')
    expect(evaluation.findings).toHaveLength(1)
  })

  it('takes the decisions of a tool that left no scores, and leaves thresholds and curves out', () => {
    const decisions = Int32Array.from([0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0])
    const evaluation = evaluate({ predictions: { ...thirteen(), scores: null, decisions }, value })
    expect(evaluation).toMatchObject({ threshold: null, curves: null, best_thresholds: null })
    expect(evaluation.confusion).toEqual([
      [4, 5],
      [1, 3],
    ])
    expect(evaluation.value!.total).toBe(3 * 100 - 5 * 10 - 40)
  })
})
