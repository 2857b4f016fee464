import type { Engine, Finding } from '@mlwright/domain'
import { shortRows } from '../sql/short-rows.ts'
import { parseSql, textSql } from './column-types.ts'
import type { InferredColumn } from './inferred-column.ts'
import { fileFinding, type RawTable } from './raw-table.ts'

const names = { number: 'a number', boolean: 'true or false', date: 'a date', string: 'text' } as const
const many = (count: number) => (count === 1 ? 'One value' : `${count.toLocaleString('en')} values`)

/** The first rows, from 1, that a condition holds for. */
async function firstRows(engine: Engine, from: string, condition: string): Promise<number[]> {
  const sql = `SELECT n FROM (SELECT *, row_number() OVER () AS n FROM ${from}) WHERE ${condition} LIMIT 5`
  return (await shortRows(engine, sql)).map(([row]) => row as number)
}

/** Values that are not of the declared type, and infinite numbers; both count as missing from here on. */
export async function typeFindings(
  engine: Engine,
  table: RawTable,
  columns: readonly InferredColumn[],
  rows: number,
): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { raw, type, mistyped, infinite } of columns) {
    const text = textSql(raw)
    const report = async (rule: string, count: number, condition: string, level: Finding['level'], said: string) => {
      const examples = await firstRows(engine, table.from!, condition)
      const location = examples[0] === undefined ? null : await table.locate(examples[0])
      const where = location ? `, first at ${location.file}:${location.line}` : ''
      findings.push(
        fileFinding(rule, `${many(count)} of ${raw.name} ${said}${where}; they count as missing.`, location, {
          level,
          column: raw.name,
          count,
          share: count / rows,
          examples: examples.map((row) => ({ row, value: null })),
        }),
      )
    }
    if (mistyped > 0) {
      const bad = type === 'string' ? `${text} IS NOT NULL` : `${text} IS NOT NULL AND ${parseSql(text, type)} IS NULL`
      await report('type', mistyped, bad, 'fail', `${mistyped === 1 ? 'is' : 'are'} not ${names[type]}`)
    }
    if (infinite > 0)
      await report(
        'finite',
        infinite,
        `isinf(${parseSql(text, 'number')})`,
        'warn',
        `${infinite === 1 ? 'is' : 'are'} infinite`,
      )
  }
  return findings
}
