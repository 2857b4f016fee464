import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { isPredictionLog, layPredictionLog, openDataset, readTable } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, describe, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())

async function logOf(lines: readonly unknown[], ending = 'jsonl') {
  const folder = await mkdtemp(join(tmpdir(), 'mlwright-log-'))
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
  const absolute = join(folder, `log.${ending}`)
  await writeFile(absolute, ending.endsWith('gz') ? gzipSync(text) : text)
  return { folder, files: [{ path: `log.${ending}`, absolute, oid: 'log' }] }
}

/** The columns of what was laid out, as values. */
async function laid({ folder, files }: Awaited<ReturnType<typeof logOf>>) {
  const paths = { rows: join(folder, 'rows.parquet'), labels: join(folder, 'labels.parquet') }
  const log = await layPredictionLog(engine, files, { model: 'churn', label: 'left' }, paths)
  const read = async (absolute: string) => {
    const opened = await openDataset(engine, { name: 'log', files: [{ path: 'log.parquet', absolute, oid: '' }] })
    const { columns } = await readTable(
      engine,
      opened,
      opened.dataset.columns.map(({ name }) => name),
    )
    return Object.fromEntries(
      [...columns].map(([name, column]) => [
        name,
        column.type === 'string'
          ? Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]))
          : [...column.values],
      ]),
    )
  }
  return {
    log,
    rows: log.rows > 0 ? await read(paths.rows) : null,
    labels: log.labels > 0 ? await read(paths.labels) : null,
  }
}

const answer = (id: string, inputs: object, more: object = {}) => ({
  request_id: id,
  timestamp: '2026-11-02T04:30:00.000Z',
  model: 'churn',
  version: 'v1.0.0',
  ...more,
  inputs,
  prediction: 'yes',
  score: 0.75,
  latency_ms: 0.4,
})

describe('a prediction log', () => {
  it('is told from data by its lines, packed too', async () => {
    const lines = [answer('a', { x: 1 })]
    expect(await isPredictionLog(engine, (await logOf(lines)).files)).toBe(true)
    expect(await isPredictionLog(engine, (await logOf(lines, 'jsonl.gz')).files)).toBe(true)
    const label = { kind: 'feedback', timestamp: '', request_id: 'a', label: 1 }
    expect(await isPredictionLog(engine, (await logOf([label])).files)).toBe(true)
    expect(await isPredictionLog(engine, (await logOf([{ request_id: 'a', x: 1 }])).files)).toBe(false)
    expect(await isPredictionLog(engine, (await logOf(['not JSON'])).files)).toBe(false)
    expect(await isPredictionLog(engine, [])).toBe(false)
  })

  it('becomes columns: numbers, texts, flags, missing values and names that need quotes', async () => {
    const inputs = [
      { 'a "b"': 1.5, plan: 'pro', new: true, none: null, score: 9 },
      { 'a "b"': null, plan: "it's", new: false, none: null, score: 8 },
    ]
    const { log, rows } = await laid(await logOf(inputs.map((row, at) => answer(`q${at}`, row))))
    expect(log).toMatchObject({ rows: 2, labels: 0, hidden: [], findings: [] })
    expect(rows).toMatchObject({
      'a "b"': [1.5, Number.NaN],
      plan: ['pro', "it's"],
      new: [1, 0],
      // An input of that name comes before the answer's score.
      score: [9, 8],
      request_id: ['q0', 'q1'],
      prediction: ['yes', 'yes'],
    })
  })

  it('joins rows of one request and their labels by a key of their own', async () => {
    const several = [0, 1, 2].map((row) => answer('q', { x: row }, { row }))
    const known = [
      { kind: 'feedback', timestamp: '', request_id: 'q', label: true },
      { kind: 'feedback', timestamp: '', request_id: 'q', row: 2, label: 'no' },
    ]
    const { rows, labels } = await laid(await logOf([...several, ...known]))
    expect(rows!.request_id).toEqual(['q', 'q#1', 'q#2'])
    expect(labels).toEqual({ request_id: ['q', 'q#2'], left: ['true', 'no'] })
  })

  it('leaves out other models, shadows, changes of the policy, hidden values and damaged lines', async () => {
    const { log, rows } = await laid(
      await logOf([
        answer('a', { x: 1, email: '[redacted]' }),
        answer('b', { y: 2 }, { model: 'fares' }),
        answer('c', { x: 3, email: '[redacted]' }, { shadow_of: { version: 'v0.9.0' } }),
        { kind: 'policy', champion: 'v1.0.0' },
        '{"request_id":"d","inp',
        'nonsense',
      ]),
    )
    expect(log).toMatchObject({ rows: 1, hidden: ['email'], findings: [{ rule: 'log-line', level: 'warn', count: 2 }] })
    expect(Object.keys(rows!).sort()).toEqual(['prediction', 'request_id', 'score', 'timestamp', 'x'])
  })

  it('is the same table in Parquet, with inputs as a struct or as JSON text', async () => {
    const known = { kind: 'feedback', timestamp: '2026-11-02T05:00:00Z', request_id: 'b', label: 'no' }
    const shadow = answer('c', { x: 3, plan: 'pro' }, { shadow_of: { version: 'v0.9.0', prediction: 'no' } })
    const lines = await logOf([
      answer('a', { x: 1.5, plan: 'pro' }),
      answer('b', { x: null, plan: null }),
      shadow,
      known,
    ])
    const said = await laid(lines)
    for (const [name, inputs] of [
      ['struct', 'inputs'],
      ['text', 'CAST(to_json(inputs) AS VARCHAR)'],
    ] as const) {
      const absolute = join(lines.folder, `${name}.parquet`)
      const read = `read_json('${lines.files[0]!.absolute}', union_by_name = true)`
      await engine.execute(
        `COPY (SELECT * REPLACE (${inputs} AS inputs) FROM ${read}) TO '${absolute}' (FORMAT parquet)`,
      )
      const files = [{ path: `${name}.parquet`, absolute, oid: name }]
      expect(await isPredictionLog(engine, files)).toBe(true)
      expect(await laid({ folder: lines.folder, files }), name).toEqual(said)
    }
    expect(said.rows).toMatchObject({ x: [1.5, Number.NaN], plan: ['pro', null], request_id: ['a', 'b'] })
    expect(said.labels).toEqual({ request_id: ['b'], left: ['no'] })
  })

  it('may have no answer of the model', async () => {
    expect((await laid(await logOf([answer('b', { y: 2 }, { model: 'fares' })]))).log).toMatchObject({ rows: 0 })
  })
})
