import { mkdtemp, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  openDataset,
  readPredictions,
  readTable,
  readToolPredictions,
  saltedKeys,
  writePredictions,
  writeRows,
} from '@mlwright/data'
import type { Predictions } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())
const folder = await mkdtemp(join(tmpdir(), 'mlwright-predictions-'))

describe('stored predictions', () => {
  const rows = 300
  const classes = ['No "1"', 'Yes.é']
  const predictions: Predictions = {
    task: 'classification',
    classes,
    keys: saltedKeys(
      Array.from({ length: rows }, (_, i) => String(i)),
      'salt',
    ),
    labels: Float64Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? 1 : 0)),
    scores: Float64Array.from({ length: rows * 2 }, (_, i) =>
      Math.fround(i % 2 ? (i % 97) / 97 : 1 - ((i + 1) % 97) / 97),
    ),
    decisions: null,
    columns: new Map([
      [
        'plan "x"',
        {
          type: 'string',
          codes: Int32Array.from({ length: rows }, (_, i) => (i % 5) - 1),
          dictionary: ['a', 'b', 'ü', '🐤'],
        },
      ],
      [
        'senior',
        { type: 'boolean', values: Float64Array.from({ length: rows }, (_, i) => (i % 3 === 2 ? Number.NaN : i % 3)) },
      ],
      ['since', { type: 'date', values: Float64Array.from({ length: rows }, (_, i) => 19000 + i / 2) }],
    ]),
  }

  it('come back as they were, in the order of their keys', async () => {
    const path = join(folder, 'p.parquet')
    expect(await writePredictions(engine, path, predictions)).toEqual({ rows, total: rows })
    const read = await readPredictions(engine, path)
    expect(read.keys).toEqual(predictions.keys!.toSorted())
    const place = new Map(predictions.keys!.map((key, row) => [key, row]))
    const order = read.keys!.map((key) => place.get(key)!)
    expect(read.classes).toEqual(classes)
    expect([...read.labels]).toEqual(order.map((row) => predictions.labels[row]))
    expect([...read.scores!]).toEqual(order.flatMap((row) => [...predictions.scores!.slice(row * 2, row * 2 + 2)]))
    const text = (column: Predictions['columns'] extends ReadonlyMap<string, infer C> ? C : never, row: number) =>
      column.type === 'string' ? column.dictionary[column.codes[row]!] : column.values[row]
    for (const [name, column] of predictions.columns)
      expect(order.map((_, row) => text(read.columns.get(name)!, row))).toEqual(order.map((row) => text(column, row)))
  })

  it('keep a sample by hash, and say of how many', async () => {
    const path = join(folder, 'sample.parquet')
    await writePredictions(engine, path, predictions, { limit: 40 })
    const read = await readPredictions(engine, path)
    expect([read.total, read.labels.length]).toEqual([rows, 40])
    expect(read.keys).toEqual(predictions.keys!.toSorted().slice(0, 40))
    expect((await stat(path)).size).toBeLessThan(6000)
  })

  it('hold numbers for regression', async () => {
    const path = join(folder, 'r.parquet')
    const labels = Float64Array.from([1.25, -3, 1e6])
    const scores = Float64Array.from([1.5, -2, 5e5])
    await writePredictions(engine, path, {
      task: 'regression',
      classes: [],
      keys: null,
      labels,
      scores,
      decisions: null,
      columns: new Map(),
    })
    expect(await readPredictions(engine, path)).toMatchObject({ task: 'regression', keys: null, labels, scores })
  })

  it('are refused when another tool wrote the file', async () => {
    const path = join(folder, 'other.parquet')
    await engine.execute(`COPY (SELECT 1 AS label) TO '${path}'`)
    await expect(readPredictions(engine, path)).rejects.toThrow('holds no predictions of mlwright')
  })
})

describe('readToolPredictions', () => {
  const read = async (content: string, options: Parameters<typeof readToolPredictions>[2]) => {
    await writeFile(join(folder, 'tool.csv'), content)
    return readToolPredictions(engine, join(folder, 'tool.csv'), { name: 'tool.csv', ...options })
  }

  it('takes a score of the positive class', async () => {
    const found = await read('label,score,region\nyes,0.75,n\nno,0.5,s\n', { task: 'classification', positive: 'no' })
    expect(found.classes).toEqual(['yes', 'no'])
    expect([...found.labels]).toEqual([0, 1])
    expect([...found.scores!]).toEqual([0.25, 0.75, 0.5, 0.5])
    expect([...found.columns.keys()]).toEqual(['region'])
  })

  it('keeps only the other columns that are asked for', async () => {
    const found = await read('label,score,region,plan\n1,0.75,n,a\n0,0.5,s,b\n', {
      task: 'classification',
      columns: ['plan', 'gone'],
    })
    expect([...found.columns.keys()]).toEqual(['plan'])
  })

  it('takes a score per class and decisions', async () => {
    const found = await read('label,score_2,score_10,score_a,prediction\n2,0.5,0.25,0.25,10\na,0,0.5,0.5,a\n', {
      task: 'classification',
    })
    expect(found.classes).toEqual(['10', '2', 'a'])
    expect([...found.scores!]).toEqual([0.25, 0.5, 0.25, 0.5, 0, 0.5])
    expect([...found.decisions!]).toEqual([0, 2])
  })

  it('takes numbers for regression', async () => {
    const found = await read('prediction,label\n1.5,2\n3,4\n', { task: 'regression' })
    expect([[...found.labels], [...found.scores!]]).toEqual([
      [2, 4],
      [1.5, 3],
    ])
  })

  it.each([
    ['target,score\n1,0.5\n', 'there is no column `label`'],
    ['label,score\n1,0.5\n0,1.5\n', 'row 2 has score = 1.5, which is not between 0 and 1'],
    ['label,score\n1,0.5\n,0.1\n', 'row 2 has no label'],
    ['label\n1\n0\n', 'there is neither `prediction` nor a score'],
    ['label,score\na,0.5\nb,0.1\nc,0.2\n', 'one `score` is for two classes, but there are 3'],
    ['label,score_a\na,0.5\nb,0.1\n', 'there is no column `score_b`'],
    ['label,score_a,score_b\na,0.5,0.5\nb,0.5,0.9\n', 'the scores of row 2 sum to 1.4, not to 1'],
    ['label,score\na,0.5\na,0.1\n', 'every row has the label a, so a `score` tells nothing apart'],
    ['', 'tool.csv is empty'],
  ])('says what is wrong with %j', async (content, message) => {
    await expect(read(content, { task: 'classification' })).rejects.toThrow(message)
  })
})

describe('writeRows', () => {
  it.each(['csv', 'parquet'])('writes the chosen rows and columns in file order as %s', async (format) => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i},"a,${i % 3}",2024-01-0${(i % 9) + 1}`)
    await writeFile(join(folder, 'in.csv'), `n,te "xt,day\n${lines.join('\n')}\n`.replace('te "xt', '"te ""xt"'))
    const source = await openDataset(engine, {
      name: 'd',
      files: [{ path: 'in.csv', absolute: join(folder, 'in.csv'), oid: '' }],
    })
    const path = join(folder, `out.${format}`)
    await writeRows(engine, source, { columns: ['te "xt', 'n'], rows: Int32Array.from([0, 7, 4999]), path })
    const opened = await openDataset(engine, { name: 'd', files: [{ path: `out.${format}`, absolute: path, oid: '' }] })
    expect(opened.dataset.columns.map((column) => column.name)).toEqual(['te "xt', 'n'])
    const table = await readTable(engine, opened, ['n'])
    expect(table.columns.get('n')).toEqual({ type: 'number', values: Float64Array.from([0, 7, 4999]) })
  })
})
