import type { DatasetColumn, Engine, NumberProfile } from '@mlwright/domain'
import type { OpenDataset } from '../open/open-dataset.ts'
import type { Edges } from './choose-edges.ts'
import { numberSql } from './number-sql.ts'

/** More aggregates than this in one statement cost DuckDB the square of their number. */
const columnsPerScan = 64
/** Moments of larger numbers are taken in a larger unit, so that their squares do not overflow. */
const largest = 1e100

export interface CountedNumbers {
  readonly count: number
  readonly distinct: number
  readonly numbers: NumberProfile | null
}

function aggregates(column: DatasetColumn, { edges }: Edges): string {
  const x = numberSql(column)
  const size = Math.max(0, ...edges.map(Math.abs))
  const unit = size > largest ? 10 ** Math.floor(Math.log10(size)) : 1
  const scaled = unit === 1 ? x : `${x} / ${unit}`
  const facts = [
    `count(${x})`,
    `approx_count_distinct(${x})`,
    `min(${x})`,
    `max(${x})`,
    `avg(${scaled}) * ${unit}`,
    `stddev_pop(${scaled}) * ${unit}`,
  ]
  const list = `list_value(${facts.map((fact) => `CAST(${fact} AS DOUBLE)`).join(', ')})`
  if (edges.length === 0) return list
  const bins = `map_values(histogram(${x}, [${edges.map((edge) => `CAST(${edge} AS DOUBLE)`).join(', ')}]))`
  return `list_concat(${list}, CAST(${bins} AS DOUBLE[]))`
}

function counted(answer: Float64Array, { edges, discrete }: Edges): CountedNumbers {
  const [count = 0, estimate = 0, min = 0, max = 0, mean = 0, sd = 0] = answer
  if (count === 0) return { count, distinct: 0, numbers: null }
  const counts = Array.from(edges, (_, k) => answer[6 + k] || 0)
  const beyond = count - counts.reduce((sum, each) => sum + each, 0)
  const used = discrete && beyond === 0 ? counts.filter((each) => each > 0).length : Math.min(estimate, count)
  const rounded = (value: number) => Number(value.toPrecision(15))
  return {
    count,
    distinct: Math.max(1, used),
    numbers: {
      min,
      max,
      mean: rounded(mean),
      sd: rounded(sd),
      discrete,
      edges: [...edges],
      counts: [...counts, beyond],
    },
  }
}

/** Moments, and exact counts on edges, of numbers and dates: one scan, unless the table is very wide. */
export async function measureNumbers(
  engine: Engine,
  opened: OpenDataset,
  columns: readonly DatasetColumn[],
  edges: readonly Edges[],
): Promise<CountedNumbers[]> {
  const results: CountedNumbers[] = []
  for (let start = 0; start < columns.length; start += columnsPerScan) {
    const slice = columns.slice(start, start + columnsPerScan)
    const lists = slice.map((column, i) => `${aggregates(column, edges[start + i]!)} AS c${i}`)
    const rows = slice.map((_, i) => `unnest(c${i}) AS c${i}`)
    const answers = slice.map((): number[] => [])
    for await (const batch of engine.query(
      `SELECT ${rows.join(', ')} FROM (SELECT ${lists.join(', ')} FROM ${opened.from})`,
    ))
      for (const [i, answer] of answers.entries()) {
        const column = batch.columns.get(`c${i}`)
        if (column !== undefined && column.type !== 'string') answer.push(...column.values)
      }
    for (const [i, answer] of answers.entries()) results.push(counted(Float64Array.from(answer), edges[start + i]!))
  }
  return results
}
