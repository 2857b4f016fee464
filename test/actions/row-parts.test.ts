import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataset, readTable, shortRows, writeDataVersion } from '@mlwright/data'
import { parseConfig, type Split } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { type ModelData, modelData } from '../../actions/common/model-data.ts'
import type { NewRows } from '../../actions/retrain/new-rows.ts'
import { newParts, oldParts, strategyParts } from '../../actions/retrain/row-parts.ts'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), `mlwright-parts-${process.pid}`),
})
afterAll(() => engine.close())

function fileOf(name: string, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-parts-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, name), text)
  return { path: name, absolute: join(folder, name), oid: name }
}

async function dataOf(csv: string, split: string): Promise<{ old: ModelData; split: Split }> {
  const config = parseConfig(
    `version: 1\nproject: { name: p }\ndatasets: { d: { source: d.csv } }\nmodels: { m: { dataset: d, task: regression, target: y, split: ${split}, train: { algorithm: linear-regression } } }\n`,
    'mlwright.yml',
  )
  const model = config.models.m!
  const inputs = {
    name: 'm',
    model,
    config,
    contract: null,
    files: [fileOf('d.csv', csv)],
    dataDigest: '',
    inputDigest: '',
    key: [],
  }
  return { old: await modelData(engine, inputs), split: model.split }
}

async function rowsOf(csv: string): Promise<NewRows> {
  const opened = await openDataset(engine, { name: 'seen', files: [fileOf('seen.csv', csv)] })
  const { rows } = opened.dataset
  return {
    opened,
    fresh: Int32Array.from({ length: rows }, (_, row) => row),
    facts: { name: 'seen', digest: '', rows, labelled: rows, known: 0 },
  }
}

const csv = (head: string, rows: readonly (readonly (string | number)[])[]) =>
  `${head}\n${rows.map((row) => row.join(',')).join('\n')}\n`
const count = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)

describe('the new holdout', () => {
  test('is the newest share in file order where nothing orders the rows', async () => {
    const { old, split } = await dataOf(
      csv(
        'x,y',
        count(0, 20).map((i) => [i, i * 2]),
      ),
      '{ method: random, test: 0.2 }',
    )
    const fresh = await rowsOf(
      csv(
        'x,y',
        count(100, 110).map((i) => [i, i]),
      ),
    )
    expect([...(await newParts(engine, split, old, fresh, 0.3))]).toEqual([0, 0, 0, 0, 0, 0, 0, 2, 2, 2])
    const known = { ...fresh, fresh: Int32Array.of(1, 4, 5) }
    expect([...(await newParts(engine, split, old, known, 0.3))]).toEqual([-1, 0, -1, -1, 0, 2, -1, -1, -1, -1])
  })

  test('is the newest by the column of time, with equal times on one side', async () => {
    const day = (i: number) => `2026-01-${String(i + 1).padStart(2, '0')}`
    const { old, split } = await dataOf(
      csv(
        'day,y',
        count(0, 20).map((i) => [day(i), i]),
      ),
      '{ method: time, column: day, test: 0.2 }',
    )
    const shuffled = [27, 21, 29, 22, 29, 23, 24, 20, 25, 26]
    const fresh = await rowsOf(
      csv(
        'day,y',
        shuffled.map((i) => [day(i), i]),
      ),
    )
    expect([...(await newParts(engine, split, old, fresh, 0.2))]).toEqual([0, 0, 2, 0, 2, 0, 0, 0, 0, 0])
  })

  test('keeps groups together: known ones where they are, the ones that came last in the test', async () => {
    const rows = count(0, 30).map((i) => [`g${i % 6}`, i, i % 7])
    const { old, split } = await dataOf(csv('g,y,x', rows), '{ method: group, column: g, test: 0.3 }')
    const part = (group: string) => oldParts(old)[rows.findIndex(([name]) => name === group)]
    const fresh = await rowsOf(
      csv('g,y', [
        ['g0', 1],
        ['g1', 2],
        ['n1', 3],
        ['n2', 4],
        ['g2', 5],
        ['n3', 6],
        ['n4', 7],
        ['n1', 8],
        ['g3', 9],
        ['g4', 10],
        ['g5', 11],
      ]),
    )
    const parts = [...(await newParts(engine, split, old, fresh, 0.25))]
    expect(parts).toEqual([part('g0'), part('g1'), 0, 0, part('g2'), 0, 2, 0, part('g3'), part('g4'), part('g5')])
    expect(parts.filter((found) => found === 2).length).toBeGreaterThan(1)
  })
})

describe('a strategy', () => {
  // Old rows 1 and 4 test, 2 validates, 6 has no target; of the new ones 3 tests.
  const parts = { old: Int8Array.of(0, 2, 1, 0, 2, 0, -1), fresh: Int8Array.of(0, 0, 0, 2) }
  const none = { old: undefined, fresh: undefined }
  const lists = (found: { old: Int8Array; fresh: Int8Array }) => [[...found.old], [...found.fresh]]

  test('trains on other rows than another, and tests on the same', () => {
    expect(lists(strategyParts('combined', parts, 3, none))).toEqual(lists(parts))
    expect(lists(strategyParts('new-only', parts, 3, none))).toEqual([
      [-1, 2, -1, -1, 2, -1, -1],
      [0, 0, 0, 2],
    ])
    expect(lists(strategyParts('window', parts, 4, none))).toEqual([
      [-1, 2, 1, -1, 2, 0, -1],
      [0, 0, 0, 2],
    ])
    expect(lists(strategyParts('window', parts, 2, none))).toEqual([
      [-1, 2, 1, -1, 2, -1, -1],
      [-1, 0, 0, 2],
    ])
    expect(lists(strategyParts('window', parts, 90, none))).toEqual(lists(parts))
  })

  test('takes the newest by time where rows have one', () => {
    const order = {
      old: { type: 'number', values: Float64Array.of(9, 1, 2, 3, 4, 5, 6) },
      fresh: { type: 'number', values: Float64Array.of(12, 10, 11, 13) },
    } as const
    expect(lists(strategyParts('window', parts, 4, order))).toEqual([
      [0, 2, 1, -1, 2, -1, -1],
      [0, 0, 0, 2],
    ])
    expect(lists(strategyParts('window', parts, 1, order))).toEqual([
      [-1, 2, 1, -1, 2, -1, -1],
      [0, -1, -1, 2],
    ])
  })
})

describe('a data version', () => {
  test('is one file: the rows of both tables in their order, each with what it is for, the same bytes every time', async () => {
    const before = await openDataset(engine, {
      name: 'a',
      files: [
        fileOf(
          'a.csv',
          csv('id,x,y', [
            [7, 1, 'p'],
            [8, '', 'q'],
            [9, 3, 'r'],
          ]),
        ),
      ],
    })
    const after = await openDataset(engine, {
      name: 'b',
      files: [
        fileOf(
          'b.csv',
          csv('y,x', [
            ['s', 4],
            ['t', 5],
          ]),
        ),
      ],
    })
    const sources = [
      { opened: before, parts: Int8Array.of(2, -1, 0) },
      { opened: after, parts: Int8Array.of(0, 1) },
    ]
    const folder = mkdtempSync(join(tmpdir(), 'mlwright-version-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const paths = ['1.parquet', '2.parquet'].map((name) => join(folder, name))
    for (const path of paths)
      await writeDataVersion(engine, sources, { columns: ['id', 'x', 'y'], split: 'part', path })
    expect(await shortRows(engine, `SELECT * FROM read_parquet('${paths[0]}')`)).toEqual([
      [7, 1, 'p', 'test'],
      [9, 3, 'r', 'train'],
      [null, 4, 's', 'train'],
      [null, 5, 't', 'validation'],
    ])
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(paths[0]!).equals(readFileSync(paths[1]!))).toBe(true)
    const opened = await openDataset(engine, {
      name: 'v',
      files: [{ path: 'v.parquet', absolute: paths[0]!, oid: 'v' }],
    })
    expect([...(await readTable(engine, opened, ['x'])).columns.get('x')!.type]).toEqual([...'number'])
  })
})
