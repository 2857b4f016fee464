/** The greatest 1, 2 or 5 times a power of ten that is not above a positive number. */
function step(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const lead = value / power
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power
}

const clean = (value: number) => Number(value.toPrecision(12))

/** A round number that leaves a little room above `value`: 0 for what is negative, 1 for a share. */
export function roundUp(value: number): number {
  if (value <= 0) return 0
  if (value <= 1) return 1
  const unit = Math.max(1, step(value) / 10)
  return clean(Math.ceil(value / unit) * unit)
}

/** A round number that leaves a little room below `value`: 0 for what is positive. */
export function roundDown(value: number): number {
  return value >= 0 ? 0 : -roundUp(-value)
}
