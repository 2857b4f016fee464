import { byUtf8, type Column, UserError } from '@mlwright/domain'
import type { TrainingSet } from '../training-set.ts'
import { calendarPart, calendarParts } from './calendar.ts'
import type { CategoryColumn, EncodedColumn, NumberColumn } from './encoded-column.ts'

/** The most frequent categories of a column that get a code of their own. */
const MOST_CATEGORIES = 254

function encodeText(
  column: Extract<Column, { type: 'string' }>,
  feature: number,
  rows: Int32Array,
  trained: number,
): CategoryColumn {
  const counts = new Float64Array(column.dictionary.length)
  for (let i = 0; i < trained; i++) {
    const code = column.codes[rows[i]!]!
    if (code >= 0) counts[code]!++
  }
  // The graph's missing text is '', so '' in the data is missing too.
  const found = [...counts.keys()].filter((code) => counts[code]! > 0 && column.dictionary[code] !== '')
  const text = (code: number) => column.dictionary[code]!
  const kept = found
    .sort((a, b) => counts[b]! - counts[a]! || byUtf8(text(a), text(b)))
    .slice(0, MOST_CATEGORIES)
    .sort((a, b) => byUtf8(text(a), text(b)))
  const position = new Int32Array(column.dictionary.length)
  kept.forEach((code, index) => {
    position[code] = index + 1
  })
  const codes = Int32Array.from(rows, (row) => (column.codes[row]! < 0 ? 0 : position[column.codes[row]!]!))
  return { kind: 'category', feature, categories: kept.map(text), codes }
}

function varies(column: EncodedColumn, trained: number): boolean {
  const cells = column.kind === 'number' ? column.values : column.codes
  const first = cells[0]!
  for (let i = 1; i < trained; i++) if (!Object.is(cells[i]!, first) && cells[i] !== first) return true
  return false
}

/**
 * Turns the features into what the learners see, for training and validation rows; columns that do not vary over the
 * training rows are left out. `rows` are the training rows followed by the validation rows, `trained` counts the former.
 */
export function encodeColumns(set: TrainingSet, rows: Int32Array, trained: number): EncodedColumn[] {
  const encoded = set.features.flatMap(({ name }, feature): EncodedColumn[] => {
    const column = set.table.columns.get(name)
    if (!column) throw new UserError('DATA_UNUSABLE', `The data has no column ${name}, which is a feature.`)
    if (column.type === 'string') return [encodeText(column, feature, rows, trained)]
    const { values } = column
    if (column.type !== 'date') {
      const cells = new Float32Array(rows.length)
      for (let i = 0; i < rows.length; i++) cells[i] = values[rows[i]!]!
      return [{ kind: 'number', feature, part: null, values: cells }]
    }
    return calendarParts.map(
      (part): NumberColumn => ({
        kind: 'number',
        feature,
        part,
        values: Float32Array.from(rows, (row) => calendarPart(part, values[row]!)),
      }),
    )
  })
  return encoded.filter((column) => varies(column, trained))
}
