import { adwin } from './adwin.ts'
import { ddm } from './ddm.ts'
import type { Detector } from './detector.ts'
import { eddm } from './eddm.ts'
import { hddmA } from './hddm-a.ts'
import { hddmW } from './hddm-w.ts'
import { kswin } from './kswin.ts'
import { pageHinkley } from './page-hinkley.ts'

/** Every detector by name, with river's defaults. */
export const detectors = {
  adwin: () => adwin(),
  ddm: () => ddm(),
  eddm: () => eddm(),
  'page-hinkley': () => pageHinkley(),
  kswin: () => kswin(),
  'hddm-a': () => hddmA(),
  'hddm-w': () => hddmW(),
} satisfies Record<string, () => Detector>

export type DetectorName = keyof typeof detectors

/** Positions, from 0, of the values at which a detector says that the stream has changed, and at which it begins to warn; NaN is passed over. */
export function detectDrift(values: ArrayLike<number>, detector: Detector): { drifts: number[]; warnings: number[] } {
  const drifts: number[] = []
  const warnings: number[] = []
  let before: ReturnType<Detector['update']> = null
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue
    const alarm = detector.update(values[i]!)
    if (alarm === 'drift') drifts.push(i)
    else if (alarm === 'warning' && before !== 'warning') warnings.push(i)
    before = alarm
  }
  return { drifts, warnings }
}
