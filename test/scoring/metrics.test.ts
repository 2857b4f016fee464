import { metricNames } from '@mlwright/domain'
import { evaluatePredictions, metricDirection } from '@mlwright/scoring'
import { expect, it } from 'vitest'
import { binary, eight, eleven, regression, settings, thirteen } from './fixture.ts'

type Case = Parameters<typeof evaluatePredictions>[0]['predictions']

function metricsOf(predictions: Case, metrics: readonly string[], threshold: number | null) {
  const { metrics: found } = evaluatePredictions({
    model: 'm',
    run: null,
    predictions,
    settings: settings({ metrics: metrics as typeof metricNames, threshold }),
    resampling: { kind: 'row' },
    resamples: 20,
  })
  return found
}

// scikit-learn 1.9: y = [0,0,1,0,1,0,0,1,0,0,0,1,0], p = [.12,.4,.81,.07,.35,.62,.4,.97,.02,.55,.4,.4,.21],
// d = p >= .4; roc_auc_score(y, p), average_precision_score(y, p), log_loss(y, np.c_[1-p, p]), f1_score(y, d), ...
const twoClasses = {
  accuracy: 0.5384615384615384,
  balanced_accuracy: 0.5972222222222222,
  precision: 0.375,
  precision_macro: 0.5875,
  precision_weighted: 0.6692307692307692,
  precision_micro: 0.5384615384615384,
  recall: 0.75,
  recall_macro: 0.5972222222222222,
  recall_weighted: 0.5384615384615384,
  recall_micro: 0.5384615384615384,
  f1: 0.5,
  f1_macro: 0.5357142857142857,
  f1_weighted: 0.5494505494505494,
  f1_micro: 0.5384615384615384,
  roc_auc: 0.7638888888888888,
  roc_auc_ovr: 0.7638888888888888,
  pr_auc: 0.7048611111111112,
  log_loss: 0.4586300610872271,
  brier: 0.1577076923076923,
  mcc: 0.18446619684315546,
  kappa: 0.15217391304347827,
}

// scikit-learn 1.9: y and P of fixture.ts `eleven`, d = P.argmax(1); roc_auc_score(y, P, multi_class='ovr'),
// average_precision_score(np.eye(3)[y], P), brier_score_loss(y, P), top_k_accuracy_score(y, P, k=2), ...
const threeClasses = {
  accuracy: 0.7272727272727273,
  balanced_accuracy: 0.6666666666666666,
  precision_macro: 0.7380952380952381,
  precision_weighted: 0.7532467532467532,
  precision_micro: 0.7272727272727273,
  recall_macro: 0.6666666666666666,
  recall_weighted: 0.7272727272727273,
  f1_macro: 0.6897435897435896,
  f1_weighted: 0.7286713286713287,
  f1_micro: 0.7272727272727273,
  roc_auc_ovr: 0.862037037037037,
  roc_auc_ovo: 0.8796296296296297,
  pr_auc: 0.828042328042328,
  log_loss: 0.7220416112808197,
  brier: 0.4162181818181818,
  mcc: 0.5303300858899107,
  kappa: 0.5217391304347826,
  top_2_accuracy: 0.9090909090909091,
}

// scikit-learn 1.9: y = [3,-.5,2,7,4.2,120,.25,9], q = [2.5,0,2.1,8,4.2,95,.5,11.5]; mean_absolute_error(y, q), ...
const oneNumber = {
  mae: 3.73125,
  rmse: 8.89397619178284,
  r2: 0.946975986157102,
  mape: 0.3557043650793651,
  median_ae: 0.5,
}

it.each([
  ['two classes', thirteen(), twoClasses, 0.4],
  ['three classes', eleven(), threeClasses, null],
  ['regression', eight(), oneNumber, null],
] as const)('measures %s as scikit-learn', (_, predictions, expected, threshold) => {
  const found = metricsOf(predictions, Object.keys(expected), threshold)
  for (const [metric, value] of Object.entries(expected)) expect(found[metric]!.value, metric).toBeCloseTo(value, 9)
})

it('measures calibration in ten bins of the positive score, or of the confidence in the likeliest class', () => {
  // numpy: b = np.searchsorted(np.linspace(0, 1, 11)[1:-1], c), the bins of calibration_curve;
  // sum(abs(hit[b == k].sum() - c[b == k].sum()) for k in range(10)) / n
  // with c = p, hit = y for two classes, and c = P.max(1), hit = P.argmax(1) == y for three
  expect(metricsOf(thirteen(), ['ece'], 0.5).ece!.value).toBeCloseTo(0.14307692307692313, 12)
  expect(metricsOf(eleven(), ['ece'], null).ece!.value).toBeCloseTo(0.3190909090909091, 12)
})

it('knows every metric that mlwright.yml can name', () => {
  const forRegression = Object.keys(oneNumber)
  const others = metricNames.filter((metric) => !forRegression.includes(metric))
  for (const found of [metricsOf(thirteen(), others, 0.5), metricsOf(eight(), forRegression, null)])
    for (const { value } of Object.values(found)) expect(value).toEqual(expect.any(Number))
})

it('says why a metric is undefined where all rows are of one class', () => {
  const found = metricsOf(binary([0, 0, 0], [0.2, 0.7, 0.4]), ['roc_auc', 'pr_auc', 'accuracy', 'log_loss'], 0.5)
  expect(found.roc_auc).toEqual({ value: null, low: null, high: null, reason: 'every row is of the class no' })
  expect(found.pr_auc!.value).toBeNull()
  expect(found.accuracy!.value).toBeCloseTo(2 / 3, 12)
  // scikit-learn 1.9: log_loss([0,0,0], [[.8,.2],[.3,.7],[.6,.4]], labels=[0,1]) -> 0.6459806598020456
  expect(found.log_loss!.value).toBeCloseTo(0.6459806598020456, 12)
})

it('says which class of several is missing', () => {
  const predictions = { ...eleven(), labels: Float64Array.from([0, 2, 0, 0, 0, 2, 0, 0, 0, 0, 2]) }
  const found = metricsOf(predictions, ['roc_auc_ovr'], null)
  expect(found.roc_auc_ovr).toMatchObject({ value: null, reason: 'no row is of the class b' })
})

it('measures decisions without scores, and says which metrics need scores', () => {
  const { scores: _, ...rest } = thirteen()
  const decisions = Int32Array.from([0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0])
  const found = metricsOf({ ...rest, scores: null, decisions }, ['f1', 'roc_auc'], 0.5)
  expect(found.f1!.value).toBeCloseTo(0.5, 12)
  expect(found.roc_auc).toMatchObject({
    value: null,
    reason: 'it needs scores, and the predictions have decisions only',
  })
})

it('leaves r2 of one row undefined, and gives one row no interval', () => {
  const found = metricsOf(regression([4], [5.5]), ['r2', 'mae'], null)
  expect(found.r2).toMatchObject({ value: null, reason: 'it needs at least two rows' })
  expect(found.mae).toEqual({ value: 1.5, low: null, high: null })
})

it('knows that less of a loss is better', () => {
  expect(['log_loss', 'rmse', 'brier', 'ece'].map(metricDirection)).toEqual(['lower', 'lower', 'lower', 'lower'])
  expect(['roc_auc', 'r2', 'mcc'].map(metricDirection)).toEqual(['higher', 'higher', 'higher'])
})
