import type { ServedModel } from '../model/served-model.ts'
import type { Feed } from '../tensors/feed.ts'

const day = 86_400_000
export const redacted = '[redacted]'

function dateText(days: number): string {
  const text = new Date(days * day).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

/** The columns of one row as they were sent: missing values are null, dates text. */
export function rowInputs(
  model: ServedModel,
  feeds: readonly Feed[],
  row: number,
  redact: ReadonlySet<string>,
): Record<string, unknown> {
  const { columns, matrix } = model.signature
  const inputs: Record<string, unknown> = {}
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at]!
    if (redact.has(column.name)) {
      inputs[column.name] = redacted
      continue
    }
    const { data, shape } = feeds[column.input]!
    const read = (index: number) => {
      const value = data[index]!
      if (typeof value === 'bigint') return Number(value)
      if (typeof value === 'string') return value === '' ? null : value
      if (!Number.isFinite(value)) return null
      return column.type === 'boolean' ? value !== 0 : column.type === 'date' ? dateText(value) : value
    }
    if (matrix) inputs[column.name] = read(row * columns.length + at)
    else {
      const width = data.length / (shape[0] ?? 1)
      inputs[column.name] = width === 1 ? read(row) : Array.from({ length: width }, (_, k) => read(row * width + k))
    }
  }
  return inputs
}
