const column = 'column:'

/** What a policy's key stands for in a request: a header's value, or that of a column in its first row. */
export function keyValue(
  key: string,
  request: { header(name: string): string | undefined; column(name: string): unknown },
): string | undefined {
  if (!key.startsWith(column)) return request.header(key.toLowerCase())
  const value = request.column(key.slice(column.length))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}
