/** About `count` round numbers that enclose a range. */
export function axisTicks(low: number, high: number, count = 4): number[] {
  if (low === high) {
    const pad = Math.abs(low) / 10 || 1
    return axisTicks(low - pad, high + pad, count)
  }
  const range = high - low
  const raw = range / count
  if (!Number.isFinite(range) || raw < Number.MIN_VALUE * 2 ** 52) return [low, high]
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= raw * (1 - 1e-9)) ?? raw
  const first = Math.floor(low / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}
