import type { Detector } from './detector.ts'

/** A run of values that stands as its sum and its sum of squared deviations. */
interface Bucket {
  readonly total: number
  readonly variance: number
}

/** Squared deviations that come from two runs having different means. */
function between(n: number, mean: number, m: number, other: number): number {
  return (n * m * (mean - other) * (mean - other)) / (n + m)
}

/** The window: rows of buckets of 1, 2, 4, … values, oldest first in each row, oldest rows last. */
class Window {
  readonly rows: Bucket[][] = [[]]
  width = 0
  total = 0
  variance = 0
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  add(value: number): void {
    this.rows[0]!.push({ total: value, variance: 0 })
    if (this.width > 0) this.variance += between(this.width, this.total / this.width, 1, value)
    this.width++
    this.total += value
    this.#compress()
  }

  /** Two oldest buckets of a full row become one of the next. */
  #compress(): void {
    for (let row = 0; this.rows[row]!.length > this.#most; row++) {
      const size = 2 ** row
      const [a, b] = this.rows[row]!.splice(0, 2) as [Bucket, Bucket]
      this.rows[row + 1] ??= []
      this.rows[row + 1]!.push({
        total: a.total + b.total,
        variance: a.variance + b.variance + between(size, a.total / size, size, b.total / size),
      })
    }
  }

  dropOldest(): void {
    const last = this.rows.length - 1
    const size = 2 ** last
    const { total, variance } = this.rows[last]!.shift()!
    this.width -= size
    this.total -= total
    this.variance -= variance + between(size, total / size, this.width, this.total / this.width)
    if (this.rows[last]!.length === 0 && last > 0) this.rows.pop()
  }
}

/**
 * Adaptive windowing: the window is cut where the means of two parts differ more than chance allows, and its older part
 * is dropped. Bifet and Gavaldà (2007), SDM, 443–448. river: drift.ADWIN.
 */
export function adwin({ delta = 0.002, clock = 32, maxBuckets = 5, minWindow = 5, grace = 10 } = {}): Detector {
  let window = new Window(maxBuckets)
  let ticks = 0

  const exceeds = (n0: number, n1: number, apart: number) => {
    const confidence = Math.log((2 * Math.log(window.width)) / delta)
    const m = 1 / (n0 - minWindow + 1) + 1 / (n1 - minWindow + 1)
    const variance = window.variance / window.width
    return Math.abs(apart) > Math.sqrt(2 * m * variance * confidence) + (2 / 3) * confidence * m
  }

  const cutSomewhere = () => {
    let n0 = 0
    let u0 = 0
    for (let row = window.rows.length - 1; row >= 0; row--)
      for (const { total } of window.rows[row]!) {
        n0 += 2 ** row
        u0 += total
        const n1 = window.width - n0
        if (n0 < minWindow || n1 < minWindow) continue
        if (exceeds(n0, n1, u0 / n0 - (window.total - u0) / n1)) return true
      }
    return false
  }

  return {
    update(value) {
      window.add(value)
      ticks++
      if (ticks % clock !== 0 || window.width <= grace) return null
      let changed = false
      while (window.width > 0 && cutSomewhere()) {
        changed = true
        window.dropOldest()
      }
      if (!changed) return null
      window = new Window(maxBuckets)
      ticks = 0
      return 'drift'
    },
  }
}
