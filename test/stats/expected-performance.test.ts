import { expectedPerformance, isotonicRegression, normalQuantile, wilsonInterval } from '@mlwright/stats'
import { describe, expect, it } from 'vitest'

const indices = (rows: number) => Array.from({ length: rows }, (_, i) => i)

describe('isotonicRegression', () => {
  it('rises with its sample and stays flat beyond it', () => {
    // i = np.arange(240); s = ((i*37)%101+.5)/102; y = ((i*53)%97/97 < s**1.3).astype(int)
    const scores = indices(240).map((i) => (((i * 37) % 101) + 0.5) / 102)
    const labels = indices(240).map((i) => (((i * 53) % 97) / 97 < scores[i]! ** 1.3 ? 1 : 0))
    const rising = isotonicRegression(scores, labels)
    // scikit-learn 1.9: IsotonicRegression(out_of_bounds='clip').fit(s, y).predict([0, .1, .333, .5, .8, .999, 2])
    const expected = [
      0.14285714285714285, 0.1935483870967742, 0.1935483870967742, 0.42857142857142855, 0.8571428571428571, 1, 1,
    ]
    for (const [i, at] of [0, 0.1, 0.333, 0.5, 0.8, 0.999, 2].entries())
      expect(rising(at)).toBeCloseTo(expected[i]!, 12)
  })
})

describe('expectedPerformance', () => {
  it('is what NannyML estimates from calibrated scores', () => {
    // s = ((np.arange(1500)*37*3)%1009+.5)/1010, in five chunks; nannyml 0.13.1: CBPE(chunk_number=5), scores not calibrated
    const scores = indices(1500).map((i) => (((i * 111) % 1009) + 0.5) / 1010)
    const expected = [
      [0.7497524752475248, 0.7462376237623761, 0.7515205902881643, 0.7480090453249435, 0.7488697898554325],
      [0.7497623762376238, 0.748138613861386, 0.7505761284170376, 0.7489538923101217, 0.7493553889483915],
    ]
    for (const [which, chunk] of [0, 4].entries()) {
      const here = scores.slice(chunk * 300, (chunk + 1) * 300)
      const found = expectedPerformance(
        here,
        here.map((score) => (score >= 0.5 ? 1 : 0)),
      )
      const { accuracy, precision, recall, specificity, f1 } = found
      for (const [i, value] of [accuracy, precision, recall, specificity, f1].entries())
        expect(value).toBeCloseTo(expected[which]![i]!, 12)
      // NannyML rounds expected counts to five decimals.
      expect(found.roc_auc).toBeCloseTo([0.8329985598400271, 0.833001630437066][which]!, 5)
    }
  })

  it('is the measured performance where the chances are labels', () => {
    // scikit-learn 1.9: roc_auc_score([1,0,1,1,0], [.9,.4,.4,.7,.1]) -> 0.9166666666666667; precision_score(…) -> 1, recall_score(…) -> 0.6667
    const found = expectedPerformance([1, 0, 1, 1, 0], [1, 0, 0, 1, 0], [0.9, 0.4, 0.4, 0.7, 0.1])
    expect(found.roc_auc).toBeCloseTo(0.9166666666666667, 12)
    expect(found).toMatchObject({ accuracy: 0.8, precision: 1, specificity: 1 })
    expect(found.recall).toBeCloseTo(2 / 3, 12)
    expect(expectedPerformance([0, 0], [0, 0]).precision).toBeNaN()
  })
})

describe('intervals', () => {
  it('are those of statsmodels and scipy', () => {
    // statsmodels 0.14: proportion_confint(7, 53, method='wilson'), proportion_confint(0, 12, method='wilson')
    const [low, high] = wilsonInterval(7, 53)
    expect(low).toBeCloseTo(0.06547853284463248, 12)
    expect(high).toBeCloseTo(0.24840255308904927, 12)
    expect(wilsonInterval(0, 12)[0]).toBeCloseTo(0, 15)
    expect(wilsonInterval(0, 12)[1]).toBeCloseTo(0.24249400665524096, 12)
    // scipy 1.17: stats.norm.isf([.025, 1e-5]) -> 1.95996398, 4.26489079
    expect(normalQuantile(0.025)).toBeCloseTo(1.95996398, 8)
    expect(normalQuantile(1e-5)).toBeCloseTo(4.26489079, 8)
  })
})
