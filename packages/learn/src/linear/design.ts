import type { EncodedColumn, NumberColumn } from '../columns/encoded-column.ts'

/** A numeric column, standardised; missing becomes the mean, and an indicator says so where it occurs in training. */
export interface Standardised {
  readonly column: EncodedColumn
  readonly mean: number
  readonly scale: number
  /** Position of the indicator among the coefficients, or -1. */
  readonly indicator: number
}

/** A column with a coefficient per level; level 0 is missing, unseen or too rare. */
export interface Levels {
  readonly column: EncodedColumn
  /** Position of level 0 among the coefficients. */
  readonly offset: number
  readonly count: number
  readonly codes: Int32Array
}

/** The design matrix of a linear model: a dense part, row-major, and one level per row and column of the rest. */
export interface Design {
  readonly rows: number
  /** Columns of the dense part: the standardised columns, then their indicators. */
  readonly width: number
  readonly dense: Float64Array
  readonly numbers: readonly Standardised[]
  readonly levels: readonly Levels[]
  /** Coefficients, without the intercept. */
  readonly size: number
}

/** Parts of a date that are names rather than amounts, with what turns them into a level from 1. */
export const levelParts = { month: 0, weekday: 1 } as const

function levelsOf(column: EncodedColumn, rows: number): { codes: Int32Array; count: number } | null {
  if (column.kind === 'category') return { codes: column.codes, count: column.categories.length + 1 }
  if (column.part !== 'month' && column.part !== 'weekday') return null
  const shift = levelParts[column.part]
  const codes = new Int32Array(rows)
  for (let i = 0; i < rows; i++) codes[i] = Number.isFinite(column.values[i]!) ? column.values[i]! + shift : 0
  return { codes, count: column.part === 'month' ? 13 : 8 }
}

function moments({ values }: NumberColumn, rows: number) {
  let known = 0
  let sum = 0
  for (let i = 0; i < rows; i++) {
    if (!Number.isFinite(values[i]!)) continue
    known++
    sum += values[i]!
  }
  const mean = known > 0 ? Math.fround(sum / known) : 0
  let squares = 0
  for (let i = 0; i < rows; i++) if (Number.isFinite(values[i]!)) squares += (values[i]! - mean) ** 2
  const scale = Math.sqrt(squares / Math.max(1, known))
  return { mean, scale: scale > 0 && Number.isFinite(scale) ? scale : 1, missing: known < rows }
}

/** Builds the design matrix of the first `rows` rows. Infinities count as missing. */
export function designOf(encoded: readonly EncodedColumn[], rows: number): Design {
  const numeric: NumberColumn[] = []
  const named: { column: EncodedColumn; codes: Int32Array; count: number }[] = []
  for (const column of encoded) {
    const found = levelsOf(column, rows)
    if (found) named.push({ column, ...found })
    else if (column.kind === 'number' && column.part !== 'day_of_year') numeric.push(column)
  }
  let width = numeric.length
  const numbers = numeric.map((column): Standardised => {
    const { mean, scale, missing } = moments(column, rows)
    return { column, mean, scale, indicator: missing ? width++ : -1 }
  })
  const dense = new Float64Array(rows * width)
  numbers.forEach(({ mean, scale, indicator }, at) => {
    const { values } = numeric[at]!
    for (let i = 0; i < rows; i++) {
      const value = values[i]!
      if (Number.isFinite(value)) dense[i * width + at] = (value - mean) / scale
      else if (indicator >= 0) dense[i * width + indicator] = 1
    }
  })
  let size = width
  const levels = named.map(({ column, codes, count }): Levels => {
    const offset = size
    size += count
    return { column, offset, count, codes }
  })
  return { rows, width, dense, numbers, levels, size }
}
