/** Text of a record, stable for the same value. */
export function recordText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
