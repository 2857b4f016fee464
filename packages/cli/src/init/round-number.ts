/** The greatest 1, 2 or 5 times a power of ten that is not above a positive number. */
function step(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const lead = value / power
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power
}

const clean = (value: number) => Number(value.toPrecision(12))

/** A round number that is not above `value`: 0 for what is positive. */
export function roundDown(value: number): number {
  if (value >= 0) return 0
  return clean(-roundUp(-value))
}

/** A round number with two digits that leaves a little room above `value`; 0 and 1 stay. */
export function roundUp(value: number): number {
  if (value <= 0) return value === 0 ? 0 : clean(-Math.floor(-value / step(-value)) * step(-value))
  if (value <= 1) return 1
  const unit = step(value) / 10 >= 1 ? step(value) / 10 : 1
  return clean(Math.ceil(value / unit) * unit)
}
