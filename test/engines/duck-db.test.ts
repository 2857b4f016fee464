import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Batch } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: await mkdtemp(join(tmpdir(), 'mlwright-spill-')),
  megabytes: 200,
  threads: 2,
})
afterAll(() => engine.close())

async function all(sql: string): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of engine.query(sql)) batches.push(batch)
  return batches
}
/** Two rows, the second one NULL, of an expression. */
async function column(expression: string) {
  return (await all(`SELECT unnest([${expression}, NULL]) AS c`))[0]!.columns.get('c')
}

describe('duckDb', () => {
  it('closes in silence where it could not be opened, for the query has said why', async () => {
    const broken = duckDb({ load: () => Promise.reject(new Error('no natives')), temporaryFolder: tmpdir() })
    await expect(broken.execute('SELECT 1')).rejects.toThrow('no natives')
    await broken.close()
  })
  it.each([
    ['1::TINYINT', 1],
    ['-2::SMALLINT', -2],
    ['3::INTEGER', 3],
    ['9007199254740991::BIGINT', 9007199254740991],
    ['200::UTINYINT', 200],
    ['60000::USMALLINT', 60000],
    ['4000000000::UINTEGER', 4000000000],
    ['9007199254740991::UBIGINT', 9007199254740991],
    ['(-1267650600228229401496703205376)::HUGEINT', -(2 ** 100)],
    ['0.1::FLOAT', Math.fround(0.1)],
    ['0.1::DOUBLE', 0.1],
    ['1.15::DECIMAL(4,2)', 1.15],
    ['-1234.567::DECIMAL(9,3)', -1234.567],
    ['123456789.12::DECIMAL(18,2)', 123456789.12],
    ['0.000000001::DECIMAL(30,9)', 1e-9],
  ])('reads %s as a number, and NULL as NaN', async (sql, value) => {
    expect(await column(sql)).toEqual({ type: 'number', values: Float64Array.from([value, Number.NaN]) })
  })

  it('reads booleans as 0 and 1', async () => {
    expect(await column('true')).toEqual({ type: 'boolean', values: Float64Array.from([1, Number.NaN]) })
    expect(await column('false')).toEqual({ type: 'boolean', values: Float64Array.from([0, Number.NaN]) })
  })

  // python: (datetime(2024,1,2,18) - datetime(1970,1,1)).total_seconds() / 86400 -> 19724.75
  it.each([
    ["DATE '1969-12-30'", -2],
    ["TIMESTAMP '2024-01-02 18:00:00'", 19724.75],
    ["TIMESTAMP_S '2024-01-02 18:00:00'", 19724.75],
    ["TIMESTAMP_MS '2024-01-02 18:00:00'", 19724.75],
    ["TIMESTAMP_NS '2024-01-02 18:00:00'", 19724.75],
    ["TIMESTAMPTZ '2024-01-02 20:00:00+02:00'", 19724.75],
  ])('reads %s as days since 1970', async (sql, days) => {
    expect(await column(sql)).toEqual({ type: 'date', values: Float64Array.from([days, Number.NaN]) })
  })

  it.each([
    ["'text'", 'text'],
    ["''", ''],
    ["'🐤 longer than twelve bytes'", '🐤 longer than twelve bytes'],
    ["'b'::ENUM('a', 'b')", 'b'],
    ["'5f3c1c3e-0000-4000-8000-000000000000'::UUID", '5f3c1c3e-0000-4000-8000-000000000000'],
    ["TIME '10:00:00'", '10:00:00'],
  ])('reads %s as text, and NULL as code -1', async (sql, text) => {
    expect(await column(sql)).toEqual({ type: 'string', codes: Int32Array.from([0, -1]), dictionary: [text] })
  })

  it('streams rows in their order, with NULLs in every position of a validity mask', async () => {
    const batches = await all(
      'SELECT i, CASE WHEN i % 3 = 0 THEN i END AS n, CAST(i % 7 AS VARCHAR) AS t FROM range(10000) r(i)',
    )
    expect(batches.length).toBeGreaterThan(1)
    let row = 0
    for (const batch of batches) {
      const [i, n, t] = ['i', 'n', 't'].map((name) => batch.columns.get(name)!)
      for (let at = 0; at < batch.rows; at++, row++) {
        if (i!.type === 'string' || n!.type === 'string' || t!.type !== 'string') throw new Error('types')
        expect(i!.values[at]).toBe(row)
        expect(n!.values[at]).toBe(row % 3 === 0 ? row : Number.NaN)
        expect(t!.dictionary[t!.codes[at]!]).toBe(String(row % 7))
      }
    }
    expect(row).toBe(10000)
  })

  it('keeps a stream alive while other queries run, and lets one go that is not read to its end', async () => {
    let rows = 0
    for await (const batch of engine.query('SELECT * FROM range(20000)')) {
      rows += batch.rows
      for await (const _ of engine.query('SELECT 1')) break
    }
    expect(rows).toBe(20000)
    await engine.execute('CREATE TABLE t AS SELECT 5 AS v')
    expect((await all('SELECT v FROM t'))[0]!.columns.get('v')).toEqual({ type: 'number', values: Float64Array.of(5) })
  })

  it('throws what the data do, and goes on afterwards', async () => {
    await expect(all("SELECT 'x'::INTEGER")).rejects.toThrow('Conversion Error')
    await expect(all("SELECT CASE WHEN i = 9000 THEN error('late') END FROM range(10000) r(i)")).rejects.toThrow('late')
    expect(await all('SELECT 1 AS one')).toHaveLength(1)
  })

  it('refuses a cage when nobody says how to start one', async () => {
    const request = { files: [], prepare: [], query: 'SELECT 1', seconds: 1, megabytes: 100 }
    expect(await engine.caged(request)).toHaveProperty('refused')
  })
})
