import { mkdtemp, open as openFile, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openDataset, readTable } from '@mlwright/data'
import type { ColumnType } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())
const folder = await mkdtemp(join(tmpdir(), 'mlwright-unreadable-'))
const at = (path: string) => join(folder, path)

async function open(path: string, content: string | Uint8Array | null, types?: ReadonlyMap<string, ColumnType>) {
  if (content !== null) await writeFile(at(path), content)
  return openDataset(engine, { name: 'd', files: [{ path, absolute: at(path), oid: '' }], ...(types && { types }) })
}
const told = (opened: Awaited<ReturnType<typeof open>>) =>
  opened.findings.map(({ rule, level, location }) => [rule, level, location && `${location.file}:${location.line}`])

describe('a file that cannot be read as its name says', () => {
  it.each([
    ['a.csv', '', 'empty-file'],
    ['a.csv.gz', gzipSync(''), 'empty-file'],
    ['a.csv', '\n\n', 'empty-file'],
    ['a.csv', '\uFEFF', 'empty-file'],
    ['a.csv', 'a,b\n', 'no-rows'],
    ['a.csv', 'a,b', 'no-rows'],
    ['a.csv', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'encoding'],
    ['a.csv', Buffer.from('café,b\n1,2\n', 'latin1'), 'encoding'],
    ['a.csv.gz', Buffer.from('a,b\n1,2\n'), 'readable'],
    ['a.csv.gz', gzipSync('a,b\n1,2\n'.repeat(999)).subarray(0, -9), 'readable'],
    ['a.jsonl.gz', gzipSync('{"a":1}\n'.repeat(999)).subarray(0, -9), 'readable'],
    ['a.csv', 'x'.repeat(3 << 20), 'readable'],
    ['a.parquet', '', 'empty-file'],
    ['a.parquet', 'a,b\n1,2\n', 'readable'],
    ['a.jsonl', '', 'empty-file'],
    ['a.jsonl', '{"a":1}\n{"a":2}\n{"a":\n', 'readable', 3],
    ['a.jsonl', '{"a":1}\nnot json\n{"a":3}\n', 'readable', 2],
    ['a.jsonl', '[1,2]\n', 'readable'],
  ])('%s is a finding, not a crash', async (path, content, rule, line = 1) => {
    const opened = await open(path, content)
    expect(told(opened)).toEqual([[rule, 'fail', `${path}:${line}`]])
    expect(opened.findings[0]!.message).toMatch(/^[^\n]{10,400}[.?]$/)
    expect(opened.findings[0]!.message).not.toContain(folder)
    const names = opened.dataset.columns.map((column) => column.name)
    expect((await readTable(engine, opened, names)).rows).toBe(opened.dataset.rows)
    for await (const batch of engine.query(`SELECT count(*) AS n FROM ${opened.from}`))
      expect(batch.columns.get('n')).toEqual({ type: 'number', values: Float64Array.of(opened.dataset.rows) })
  })

  it('is a large gzip file that was cut off, of which DuckDB reads in silence what there is', async () => {
    const rows = Array.from({ length: 300_000 }, (_, row) => `${row},${(row * 7919) % 1009}`)
    const whole = gzipSync(`a,b\n${rows.join('\n')}\n`)
    const opened = await open('cut.csv.gz', whole.subarray(0, whole.length - 20_000))
    expect(told(opened)).toEqual([['readable', 'fail', 'cut.csv.gz:1']])
    expect(opened.findings[0]!.message).toBe('cut.csv.gz is no whole gzip file; compress or fetch it again.')
    expect((await open('whole.csv.gz', whole)).dataset.rows).toBe(300_000)
  })

  it('is a Parquet file that was cut off', async () => {
    await engine.execute(`COPY (SELECT i, i || 'x' AS t FROM range(5000) r(i)) TO '${at('whole.parquet')}'`)
    const whole = await readFile(at('whole.parquet'))
    const opened = await open('cut.parquet', whole.subarray(0, whole.length - 100))
    expect(told(opened)).toEqual([['readable', 'fail', 'cut.parquet:1']])
    expect(opened.dataset.rows).toBe(0)
  })

  it('is a Parquet file whose pages are damaged behind a good footer', async () => {
    const whole = await readFile(at('whole.parquet'))
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, 4, whole.length - 1500)
    const opened = await open('damaged.parquet', damaged)
    await expect(readTable(engine, opened, ['t'])).rejects.toMatchObject({
      code: 'DATA_UNUSABLE',
      message: expect.stringMatching(/^damaged.parquet cannot be read as Parquet: /),
    })
  })

  it('has a line of 70 MB', async () => {
    const file = await openFile(at('long.csv'), 'w')
    await file.write('a,b\n1,2\n')
    const chunk = Buffer.alloc(10 << 20, 'x')
    for (let i = 0; i < 7; i++) await file.write(chunk)
    await file.write(',5\n3,4\n')
    await file.close()
    const opened = await open('long.csv', null)
    expect(told(opened)).toEqual([['line-length', 'fail', 'long.csv:3']])
  })

  it('has more broken rows than are worth keeping, beside another one', async () => {
    const broken = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? `${i}` : `${i},"x\ny"`))
    const [many, one] = await Promise.all([
      open('many.csv', `a,b\n${broken.join('\n')}\n`),
      open('one.csv', 'a,b\n1,2,3\n4,"5\n'),
    ])
    expect(told(many)).toEqual([['ragged-row', 'fail', 'many.csv:4']])
    expect(many.findings[0]!.message).toMatch(/^At least 10,000 rows of many.csv/)
    expect(many.dataset.rows).toBe(10_000)
    expect(told(one)).toEqual([
      ['ragged-row', 'fail', 'one.csv:2'],
      ['quoting', 'fail', 'one.csv:3'],
    ])
  })

  it('names two columns alike', async () => {
    const opened = await open('twice.csv', 'a,b,A,\n1,2,3,4\n')
    expect(told(opened)).toEqual([
      ['duplicate-column', 'fail', 'twice.csv:1'],
      ['column-name', 'warn', 'twice.csv:1'],
    ])
    expect(opened.dataset.columns.map((column) => column.name)).toEqual(['a', 'b', 'column4'])
  })

  it('has bytes of another encoding in some rows', async () => {
    const opened = await open(
      'latin.csv',
      Buffer.from('id,city\n1,Paris\n2,Orl\xe9ans\n3,Lyon\n4,Bes\xe8ze\n', 'latin1'),
    )
    expect(told(opened)).toEqual([['encoding', 'fail', 'latin.csv:3']])
    expect(opened.findings[0]).toMatchObject({ count: 2 })
    expect(opened.dataset.rows).toBe(2)
  })

  it('has a quote that is never closed', async () => {
    const opened = await open('quote.csv', 'a,b\n1,2\n3,"4\n5,6\n7,8\n')
    expect(opened.findings.map((finding) => finding.rule)).toEqual(['quoting'])
    expect(opened.findings[0]!.location).toEqual({ file: 'quote.csv', line: 3, column: 1 })
  })
})

describe('a file that is only unusual', () => {
  const values = async (opened: Awaited<ReturnType<typeof open>>, name: string) => {
    const column = (await readTable(engine, opened, [name])).columns.get(name)!
    return column.type === 'string'
      ? [...column.codes].map((code) => column.dictionary[code] ?? null)
      : [...column.values]
  }

  it.each([
    ['a byte order mark', '\uFEFFa,b\n1,2\n3,4\n'],
    ['Windows line ends', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['no last line end', 'a,b\n1,2\n3,4'],
    ['semicolons', 'a;b\n1;2\n3;4\n'],
    ['everything quoted', '"a","b"\n"1","2"\n"3","4"\n'],
    ['empty last lines', 'a,b\n1,2\n3,4\n\n\n'],
  ])('is read with %s', async (_, content) => {
    const opened = await open('unusual.csv', content)
    expect(opened.findings).toEqual([])
    expect([await values(opened, 'a'), await values(opened, 'b')]).toEqual([
      [1, 3],
      [2, 4],
    ])
  })

  it('takes types from the last row as from the first', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i},${i}`)
    const opened = await open('late.csv', `a,b\n${lines.join('\n')}\nlate,1.5\n`)
    expect(opened.dataset.columns).toEqual([
      { name: 'a', type: 'string' },
      { name: 'b', type: 'number' },
    ])
    expect((await values(opened, 'a')).slice(-2)).toEqual(['49999', 'late'])
  })

  it('has a name that looks like a pattern', async () => {
    await writeFile(at('pat1.csv'), 'a\n9\n')
    const opened = await open("pat[1]*?'s.csv", 'a,b\n1,2\n')
    expect(await values(opened, 'a')).toEqual([1])
    expect(await values(await open('pat?.csv', 'a\n5\n'), 'a')).toEqual([5])
  })

  it('keeps text that a contract declares as text', async () => {
    const opened = await open('zip.csv', 'zip,n\n01234,1\n00042,2\n', new Map([['zip', 'string']]))
    expect(await values(opened, 'zip')).toEqual(['01234', '00042'])
  })

  it('keeps the order of rows in many files and threads', async () => {
    const files = await Promise.all(
      Array.from({ length: 12 }, async (_, part) => {
        const path = `part-${String(part).padStart(2, '0')}.csv`
        const lines = Array.from({ length: 20_000 }, (_, i) => `${part * 20_000 + i},${'y'.repeat(i % 50)}`)
        await writeFile(at(path), `n,t\n${lines.join('\n')}\n`)
        return { path, absolute: at(path), oid: String(part) }
      }),
    )
    const opened = await openDataset(engine, { name: 'd', files: files.toReversed() })
    expect(opened.dataset.rows).toBe(240_000)
    const column = (await readTable(engine, opened, ['n'])).columns.get('n')!
    expect(column.type === 'number' && column.values.every((value, row) => value === row)).toBe(true)
    for await (const batch of engine.query(
      `SELECT count(*) FILTER (n + 1 <> "__row") AS wrong FROM ${opened.numbered}`,
    ))
      expect(batch.columns.get('wrong')).toEqual({ type: 'number', values: Float64Array.of(0) })
  })

  it('reads JSON Lines with missing and mixed fields', async () => {
    const opened = await open(
      'a.jsonl',
      '{"n":1,"t":"x","d":"2024-01-02"}\n{"t":"1","n":2.5,"d":null,"deep":{"a":[1]}}\n{"n":null,"t":""}\n',
    )
    expect(opened.findings).toEqual([])
    expect(opened.dataset.columns).toEqual([
      { name: 'n', type: 'number' },
      { name: 't', type: 'string' },
      { name: 'd', type: 'date' },
      { name: 'deep', type: 'string' },
    ])
    expect(await values(opened, 'n')).toEqual([1, 2.5, Number.NaN])
    expect(await values(opened, 't')).toEqual(['x', '1', null])
  })

  it('reads Parquet of any types, infinities and NaN as missing', async () => {
    await engine.execute(
      `COPY (SELECT * FROM (VALUES (1::DECIMAL(5,2), 'inf'::DOUBLE, 'nan'::FLOAT, DATE '2024-01-02', 'a'::BLOB, [1, 2]), (2.5, 1, 2, NULL, NULL, NULL)) v(de, inf, nan, da, bl, li)) TO '${at('types.parquet')}'`,
    )
    const opened = await open('types.parquet', null)
    expect(opened.dataset.columns.map((column) => column.type)).toEqual([
      'number',
      'number',
      'number',
      'date',
      'string',
      'string',
    ])
    expect(told(opened)).toEqual([['finite', 'warn', null]])
    expect(await values(opened, 'inf')).toEqual([Number.NaN, 1])
    expect(await values(opened, 'nan')).toEqual([Number.NaN, 2])
    expect(await values(opened, 'li')).toEqual(['[1, 2]', null])
  })

  it('holds Parquet columns against the declared types', async () => {
    await engine.execute(
      `COPY (SELECT '2024-01-0' || i AS day, i AS code, i || 'x' AS n FROM range(1, 4) r(i)) TO '${at('d.parquet')}'`,
    )
    const types = new Map<string, ColumnType>([
      ['day', 'date'],
      ['code', 'string'],
      ['n', 'number'],
    ])
    const opened = await open('d.parquet', null, types)
    expect(opened.findings.map(({ rule, column, count }) => [rule, column, count])).toEqual([
      ['type', 'code', 3],
      ['type', 'n', 3],
    ])
    expect(await values(opened, 'day')).toEqual([19723, 19724, 19725])
  })

  it('is refused when its format is unknown or mixed', async () => {
    await expect(open('a.xlsx', 'x')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
})
