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

/** Categories come again and again; what is written of them is kept, up to so many different ones of a column. */
const mostKept = 1000

function valueText({ type }: ServedColumn, value: number | bigint | string): string {
  if (typeof value === 'string') return value === '' ? 'null' : JSON.stringify(value)
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
  const kept = columns.map(() => new Map<string, string>())

  function scalar(at: number, value: number | bigint | string): string {
    if (typeof value !== 'string') return heads[at]! + valueText(columns[at]!, value)
    const known = kept[at]!.get(value)
    if (known !== undefined) return known
    const made = heads[at]! + valueText(columns[at]!, value)
    // A copy of the value: as a part of its request's text it would keep all of that.
    if (kept[at]!.size < mostKept && value.length < 64) kept[at]!.set(JSON.parse(JSON.stringify(value)), made)
    return made
  }

  return (feeds, row) => {
    let text = columns.length === 0 ? '{' : ''
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!
      const { data, shape } = feeds[column.input]!
      if (hidden[at]) text += `${heads[at]!}"[redacted]"`
      else if (matrix) text += scalar(at, data[row * columns.length + at]!)
      else if (column.shape.length === 0) text += scalar(at, data[row]!)
      else {
        const width = data.length / (shape[0] ?? 1)
        const values = Array.from({ length: width }, (_, k) => valueText(column, data[row * width + k]!))
        text += `${heads[at]!}[${values.join(',')}]`
      }
    }
    return `${text}}`
  }
}
