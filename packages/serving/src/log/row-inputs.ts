import type { ServedModel } from '../model/served-model.ts'
import type { ServedColumn } from '../model/signature.ts'
import type { Feed } from '../tensors/feed.ts'

const day = 86_400_000

function dateText(days: number): string {
  const date = new Date(days * day)
  if (Number.isNaN(date.getTime())) return 'null'
  const text = date.toISOString()
  return JSON.stringify(text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text)
}

/** Categories come again and again; their JSON is kept, up to a number of different ones. */
const quoted = new Map<string, string>()
const mostQuoted = 10_000

function quote(text: string): string {
  const known = quoted.get(text)
  if (known !== undefined) return known
  const made = JSON.stringify(text)
  if (quoted.size < mostQuoted && text.length < 64) quoted.set(text, made)
  return made
}

function valueText({ type }: ServedColumn, value: number | bigint | string): string {
  if (typeof value === 'string') return value === '' ? 'null' : quote(value)
  if (typeof value === 'bigint') return String(value)
  if (!Number.isFinite(value)) return 'null'
  return type === 'boolean' ? String(value !== 0) : type === 'date' ? dateText(value) : String(value)
}

/**
 * Writes the columns of a row as JSON, as they were sent: missing values are null, dates text. What stands before each
 * value is made once, since this runs for every request.
 */
export function rowInputsWriter(
  model: ServedModel,
  redact: ReadonlySet<string>,
): (feeds: readonly Feed[], row: number) => string {
  const { columns, matrix } = model.signature
  const heads = columns.map(({ name }, at) => `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const hidden = columns.map(({ name }) => redact.has(name))
  return (feeds, row) => {
    let text = columns.length === 0 ? '{' : ''
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!
      text += heads[at]!
      if (hidden[at]) {
        text += '"[redacted]"'
        continue
      }
      const { data, shape } = feeds[column.input]!
      if (matrix) text += valueText(column, data[row * columns.length + at]!)
      else if (column.shape.length === 0) text += valueText(column, data[row]!)
      else {
        const width = data.length / (shape[0] ?? 1)
        const values = Array.from({ length: width }, (_, k) => valueText(column, data[row * width + k]!))
        text += `[${values.join(',')}]`
      }
    }
    return `${text}}`
  }
}
