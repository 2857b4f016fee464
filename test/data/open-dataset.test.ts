import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openDataset, readTable } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())

async function files(contents: Record<string, string | Uint8Array>) {
  const folder = await mkdtemp(join(tmpdir(), 'mlwright-data-'))
  return Promise.all(
    Object.entries(contents).map(async ([path, content], index) => {
      await writeFile(join(folder, path), content)
      return { path, absolute: join(folder, path), oid: String(index) }
    }),
  )
}
const open = async (
  contents: Record<string, string | Uint8Array>,
  types?: ReadonlyMap<string, 'number' | 'date' | 'string' | 'boolean'>,
) => openDataset(engine, { name: 'd', files: await files(contents), ...(types && { types }) })

async function rows(opened: Awaited<ReturnType<typeof open>>) {
  const names = opened.dataset.columns.map((column) => column.name)
  const table = await readTable(engine, opened, names)
  return Array.from({ length: table.rows }, (_, row) =>
    names.map((name) => {
      const column = table.columns.get(name)!
      if (column.type === 'string') return column.codes[row]! < 0 ? null : column.dictionary[column.codes[row]!]
      return Number.isNaN(column.values[row]) ? null : column.values[row]
    }),
  )
}

describe('openDataset', () => {
  it('reads a CSV with types from all of its rows', async () => {
    const opened = await open({
      'a.csv': 'n,flag,day,text\n1,true,2024-01-02,x\n,false,,\n2.5,true,2024-01-03 12:00:00,"y, z"\n',
    })
    expect(opened.findings).toEqual([])
    expect(opened.dataset.columns.map((column) => column.type)).toEqual(['number', 'boolean', 'date', 'string'])
    // python: (date(2024,1,2) - date(1970,1,1)).days -> 19724
    expect(await rows(opened)).toEqual([
      [1, 1, 19724, 'x'],
      [null, 0, null, null],
      [2.5, 1, 19725.5, 'y, z'],
    ])
  })

  it('reports rows that cannot be split with the line on which they stand, and reads the others', async () => {
    const opened = await open({ 'a.csv': 'a,b,c\n1,2,3\n4,5\n"x\ny",6,""\n7,8,9,10\n11,12,13\n' })
    expect(opened.findings.map(({ rule, location, count }) => [rule, location?.line, count])).toEqual([
      ['ragged-row', 3, 1],
      ['ragged-row', 6, 1],
    ])
    expect(await rows(opened)).toEqual([
      ['1', 2, 3],
      ['x\ny', 6, null],
      ['11', 12, 13],
    ])
  })

  it('finds values that do not have the declared type', async () => {
    const opened = await open({ 'a.csv': 'a,b\n1,2\n"x\ny",3\n4,oops\n5,inf\n' }, new Map([['b', 'number']]))
    expect(
      opened.findings.map(({ rule, level, column, location, count }) => [rule, level, column, location?.line, count]),
    ).toEqual([
      ['type', 'fail', 'b', 5, 1],
      ['finite', 'warn', 'b', 6, 1],
    ])
    expect((await rows(opened)).map((row) => row[1])).toEqual([2, 3, null, null])
  })

  it('reads several files, packed or not, by column name and in the order of their paths', async () => {
    const opened = await open({
      'b.csv.gz': gzipSync('y,x\n30,3\n40,4\n'),
      'a.csv': 'x,y\n1,10\n2,20\n',
      'c.csv': 'x,z\n1,1\n',
    })
    expect(opened.findings.map(({ rule, location }) => [rule, location?.file])).toEqual([['columns', 'c.csv']])
    expect(await rows(opened)).toEqual([
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ])
  })

  it('reads names with quotes, spaces, dots, emoji and SQL keywords', async () => {
    const names = ['a "b"', "it's", 'x.y', '🐤', 'select', ' space ', 'c0']
    const opened = await open({
      'a.csv': `${names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',')}\n1,2,3,4,5,6,7\n`,
    })
    expect(opened.dataset.columns.map((column) => column.name)).toEqual(names)
    expect(await rows(opened)).toEqual([[1, 2, 3, 4, 5, 6, 7]])
  })
})
