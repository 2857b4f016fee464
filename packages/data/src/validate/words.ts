/** A number for people: thousands separated, six significant digits at most after the point. */
export function shown(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en')
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e15
    ? value.toLocaleString('en', { maximumSignificantDigits: 6 })
    : value.toPrecision(6)
}

/** A share of rows as percent; never rounded to 0 % or 100 % when it is neither. */
export function percent(count: number, rows: number): string {
  if (rows === 0) return '0 %'
  const value = (100 * count) / rows
  if (value > 0 && value < 0.01) return 'less than 0.01 %'
  if (value < 100 && value > 99.99) return 'more than 99.99 %'
  return `${Number(value.toFixed(2))} %`
}

/** `1 row (0.02 %)` or `41 rows (0.58 %)`, with the verb that fits. */
export function rowsHave(count: number, rows: number, one: string, many: string): string {
  return `${shown(count)} ${count === 1 ? 'row' : 'rows'} (${percent(count, rows)}) ${count === 1 ? one : many}`
}
