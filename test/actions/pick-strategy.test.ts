import type { MetricChange, StrategyResult } from '@mlwright/domain'
import { describe, expect, test } from 'vitest'
import { keepsOld, pickStrategy } from '../../actions/retrain/pick-strategy.ts'

const change = (candidate: number | null, baseline = 0.8, noise = false): MetricChange => ({
  baseline,
  candidate,
  change: candidate === null ? null : candidate - baseline,
  low: -0.01,
  high: 0.01,
  noise,
  better: null,
})

function result(
  strategy: StrategyResult['strategy'],
  old: number | null,
  now: number | null,
  metric = 'roc_auc',
): StrategyResult {
  const holdout = (value: number | null, rows: number) => ({ rows, metrics: { [metric]: change(value) } })
  return {
    strategy,
    run: strategy,
    input_digest: strategy,
    failure: null,
    rows: 100,
    old: holdout(old, 80),
    new: holdout(now, 37),
  }
}

const apart = () => ({ noise: false })
const alike = () => ({ noise: true })

describe('the rule', () => {
  test('takes the best on the new holdout where chance can tell the others from it', () => {
    const all = [result('combined', 0.82, 0.74), result('window', 0.7, 0.79), result('new-only', 0.6, 0.77)]
    expect(pickStrategy(all, 'roc_auc', null, apart)?.strategy).toBe('window')
  })

  test('takes the best on the old holdout among those that chance cannot tell from the best on the new one', () => {
    const all = [result('combined', 0.82, 0.78), result('window', 0.7, 0.79), result('new-only', 0.83, 0.6)]
    const between = ({ strategy }: StrategyResult) => ({ noise: strategy !== 'new-only' })
    expect(pickStrategy(all, 'roc_auc', null, between)?.strategy).toBe('combined')
  })

  test('takes the first of equal ones', () => {
    const all = [result('combined', 0.8, 0.7), result('window', 0.8, 0.7)]
    expect(pickStrategy(all, 'roc_auc', null, alike)?.strategy).toBe('combined')
    expect(pickStrategy(all.toReversed(), 'roc_auc', null, alike)?.strategy).toBe('window')
  })

  test('knows that less of an error is better', () => {
    const all = [result('combined', 12, 40, 'rmse'), result('window', 15, 31, 'rmse')]
    expect(pickStrategy(all, 'rmse', null, apart)?.strategy).toBe('window')
  })

  test('leaves out what could not be trained, and what loses too much on the old holdout by more than chance', () => {
    const failed = { ...result('combined', 0.9, 0.9), failure: 'exit code 3', old: null, new: null }
    const all = [failed, result('window', 0.6, 0.79), result('new-only', 0.78, 0.7)]
    expect(pickStrategy(all, 'roc_auc', null, apart)?.strategy).toBe('window')
    expect(pickStrategy(all, 'roc_auc', 0.05, apart)?.strategy).toBe('new-only')
    expect(pickStrategy(all.slice(0, 2), 'roc_auc', 0.05, apart)).toBeNull()
    expect(pickStrategy([failed], 'roc_auc', null, apart)).toBeNull()
    const unsure = { old: { rows: 80, metrics: { roc_auc: change(0.7, 0.8, true) } } }
    expect(keepsOld(unsure, 'roc_auc', 0.05)).toBe(true)
    expect(keepsOld({ old: { rows: 80, metrics: { rmse: change(0.9) } } }, 'rmse', 0.05)).toBe(false)
  })

  test('takes the first where the new rows say nothing, as with one class alone', () => {
    const all = [result('combined', 0.7, null), result('window', 0.7, null)]
    expect(pickStrategy(all, 'roc_auc', null, () => null)?.strategy).toBe('combined')
  })
})
