import { ksTwoSample } from '../ks-two-sample.ts'
import { tally } from '../tally.ts'
import { randomBelow, xoshiro128 } from '../xoshiro128.ts'
import type { Detector } from './detector.ts'

/** Differences below this are no drift, however sure they are. */
const smallest = 0.1

/**
 * Kolmogorov–Smirnov windowing: the last values against as many drawn from the window before them.
 * Raab, Heusinger and Schleif (2020), Neurocomputing. river: drift.KSWIN; the draws differ from Python's, so alarms agree
 * in rate and delay, not one by one.
 */
export function kswin({ alpha = 0.005, windowSize = 100, statSize = 30, seed = 0 } = {}): Detector {
  let random = xoshiro128(seed)
  let window: number[] = []
  /** Values from the older part, without repetition. */
  const draw = () => {
    const older = window.slice(0, windowSize - statSize)
    for (let i = 0; i < statSize; i++) {
      const j = i + randomBelow(random, older.length - i)
      const swap = older[i]!
      older[i] = older[j]!
      older[j] = swap
    }
    return older.slice(0, statSize)
  }
  return {
    update(value) {
      window.push(value)
      if (window.length > windowSize) window.shift()
      if (window.length < windowSize) return null
      const { statistic, pValue } = ksTwoSample(tally(draw()), tally(window.slice(-statSize)))
      if (pValue > alpha || statistic <= smallest) return null
      window = []
      random = xoshiro128(seed)
      return 'drift'
    },
  }
}
