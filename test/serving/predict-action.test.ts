import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Column } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { beforeAll, describe, expect, it } from 'vitest'
import { type } from '../cli/fixture.ts'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, telco, telcoPath } from './fixture.ts'

const engine = duckDb({ load: nativeLoader({ own: import.meta.url }), temporaryFolder: tmpdir(), threads: 1 })

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  for await (const batch of engine.query(sql))
    for (let row = 0; row < batch.rows; row++) {
      const value = (column: Column) =>
        column.type === 'string' ? (column.dictionary[column.codes[row]!] ?? null) : column.values[row]
      rows.push(Object.fromEntries([...batch.columns].map(([name, column]) => [name, value(column)])))
    }
  return rows
}

let models: Record<string, Awaited<ReturnType<typeof telco>>>
beforeAll(async () => {
  models = { trees: await telco(), linear: await telco('logistic-regression') }
})

function folder(file: Uint8Array): string {
  const path = mkdtempSync(join(tmpdir(), 'mlwright-predict-'))
  writeFileSync(join(path, 'model.onnx'), file)
  writeFileSync(join(path, 'telco.csv'), readFileSync(telcoPath))
  return path
}
const predictions = (path: string, name = '.mlwright/predictions.parquet') => `'${join(path, name)}'`

/** Runs the command and kills it once its first part is written. */
function interrupted(cwd: string): Promise<number | null> {
  const entry = fileURLToPath(new URL('cli-entry.mjs', import.meta.url))
  const argv = ['predict', '--data', 'data', '--model-path', 'model.onnx', '--output', 'out.parquet']
  const child = spawn(process.execPath, [entry, ...argv], { cwd, stdio: 'ignore' })
  const watch = setInterval(() => {
    if (existsSync(join(cwd, 'out.parquet.parts/000000.parquet'))) child.kill('SIGKILL')
  }, 2)
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearInterval(watch)
      resolve(code)
    }),
  )
}

describe('predict', () => {
  it.each(['trees', 'linear'])('gives the bits that the server gives (%s)', async (kind) => {
    const churn = models[kind]!
    const path = folder(churn.model)
    const typed = await type(path, 'predict', '--data', 'telco.csv', '--model-path', 'model.onnx')
    expect(typed).toMatchObject({ code: 0, stderr: expect.stringContaining('7,043 rows were scored') })
    expect(existsSync(join(path, '.mlwright/predictions.parquet.parts'))).toBe(false)

    const { send } = await serve({ v1: churn.model }, { log: null })
    const online = []
    for (let start = 0; start < churn.rows; start += 1000) {
      const count = Math.min(1000, churn.rows - start)
      const rows = Array.from({ length: count }, (_, at) => churn.row(start + at))
      online.push(...(await send('POST', '/predict', rows)).json.predictions)
    }
    for (let at = 0; at < churn.rows; at += 97) online[at] = (await send('POST', '/predict', churn.row(at))).json
    const batch = await rowsOf(`SELECT prediction, score, "score_No", "score_Yes" FROM ${predictions(path)}`)
    expect(batch).toEqual(
      online.map(({ prediction, score, probabilities }) => ({
        prediction,
        score,
        score_No: probabilities.No,
        score_Yes: probabilities.Yes,
      })),
    )
  })

  it('gives those of a model that answers in double precision', async () => {
    const file = model({
      nodes: [node('Identity', ['x'], ['probabilities'])],
      inputs: [tensorType('x', 11, ['N', 2])],
      outputs: [tensorType('probabilities', 11, ['N', 2])],
      metadata: {
        'mlwright.signature': JSON.stringify({
          task: 'classification',
          classes: ['a', 'b'],
          features: ['u', 'v'].map((name) => ({ name, type: 'number' })),
        }),
      },
    })
    const path = folder(file)
    writeFileSync(join(path, 'rows.csv'), 'u,v\n0.1,0.9\n0.7,0.30000000000000004\n')
    expect(await type(path, 'predict', '--data', 'rows.csv', '--model-path', 'model.onnx')).toMatchObject({ code: 0 })
    const { send } = await serve({ v1: file }, { log: null })
    const { json } = await send('POST', '/predict', [
      { u: 0.1, v: 0.9 },
      { u: 0.7, v: 0.30000000000000004 },
    ])
    const batch = await rowsOf(`SELECT score, score_a, score_b FROM ${predictions(path)}`)
    expect(batch).toEqual(
      json.predictions.map(({ score, probabilities }: { score: number; probabilities: Record<string, number> }) => ({
        score,
        score_a: probabilities.a,
        score_b: probabilities.b,
      })),
    )
    expect(batch[1]!.score).toBe(0.30000000000000004)
  })

  it('scores what a query gives, in its order, and leaves nothing else behind', async () => {
    const path = folder(models.trees!.model)
    const query =
      "SELECT * REPLACE (tenure + 1 AS tenure) FROM data WHERE contract = 'Two year' ORDER BY monthly_charges"
    const argv = ['--data', 'telco.csv', '--model-path', 'model.onnx', '--output', 'out.parquet', '--query']
    const typed = await type(path, 'predict', ...argv, query)
    expect(typed, typed.stderr).toMatchObject({ code: 0 })
    const [counted] = await rowsOf(
      `SELECT count(*) AS n, (SELECT count(*) FROM read_csv('${telcoPath}') WHERE contract = 'Two year') AS m FROM ${predictions(path, 'out.parquet')}`,
    )
    expect(counted!.n).toBe(counted!.m)
    const charges = (await rowsOf(`SELECT monthly_charges AS c FROM ${predictions(path, 'out.parquet')}`)).map(
      ({ c }) => c,
    )
    expect(charges).toEqual(charges.toSorted((a, b) => Number(a) - Number(b)))
    expect(existsSync(join(path, 'out.parquet.query.parquet'))).toBe(false)
  })

  it.each([
    ['SELECT * FROM dat', 'The input `query` fails: '],
    ['DROP TABLE data', 'The input `query` fails: '],
    ['SELECT tenure FROM data', 'which the query does not have'],
    ['SELECT * FROM data WHERE tenure < 0', 'The input `query` gives no rows of telco.csv.'],
  ])('says in a sentence what is wrong with the query %s', async (query, sentence) => {
    const path = folder(models.linear!.model)
    const typed = await type(path, 'predict', '--data', 'telco.csv', '--model-path', 'model.onnx', '--query', query)
    expect(typed.code).toBeGreaterThan(0)
    expect(typed.stderr).toContain(sentence)
    expect(existsSync(join(path, '.mlwright/predictions.parquet'))).toBe(false)
  })

  it('keeps the columns of the data in their order, or those that are named', async () => {
    const path = folder(models.trees!.model)
    await type(path, 'predict', '--data', 'telco.csv', '--model-path', 'model.onnx')
    const [all] =
      await rowsOf(`SELECT count(*) AS n FROM ${predictions(path)} p POSITIONAL JOIN read_csv('${telcoPath}') d
      WHERE p.tenure = d.tenure AND p.contract = d.contract AND p.monthly_charges = d.monthly_charges`)
    expect(all).toEqual({ n: 7043 })
    await type(
      path,
      'predict',
      '--data',
      'telco.csv',
      '--model-path',
      'model.onnx',
      '--columns',
      'churn',
      '--output',
      'out.parquet',
    )
    expect(Object.keys((await rowsOf(`SELECT * FROM ${predictions(path, 'out.parquet')} LIMIT 1`))[0]!)).toEqual([
      'churn',
      'prediction',
      'score',
      'score_No',
      'score_Yes',
    ])
  })

  it('scores shards that make the whole together', async () => {
    const path = folder(models.trees!.model)
    const run = (...more: string[]) =>
      type(path, 'predict', '--data', 'telco.csv', '--model-path', 'model.onnx', ...more)
    await run()
    for (const shard of ['1/3', '2/3', '3/3']) await run('--shard', shard, '--output', `out/${shard[0]}.parquet`)
    const [difference] = await rowsOf(`SELECT count(*) AS n FROM ${predictions(path)} a
      POSITIONAL JOIN read_parquet('${join(path, 'out/*.parquet')}') b WHERE a.score IS DISTINCT FROM b.score OR a.tenure IS DISTINCT FROM b.tenure`)
    expect(difference).toEqual({ n: 0 })
    expect((await run('--shard', '4/3')).stderr).toContain('The input `shard` is 4/3')
  })

  it('continues after what an interrupted run left, in order, also over a folder of Parquet files', async () => {
    const path = mkdtempSync(join(tmpdir(), 'mlwright-predict-'))
    const double = model({
      nodes: [node('Add', ['x', 'x'], ['y'])],
      inputs: [tensorType('x', 1, ['N', 1])],
      outputs: [tensorType('y', 1, ['N', 1])],
    })
    writeFileSync(join(path, 'model.onnx'), double)
    await mkdir(join(path, 'data'))
    for (const [name, from, to] of [
      ['a', 0, 70_000],
      ['b', 70_000, 210_000],
    ] as const)
      await engine.execute(
        `COPY (SELECT range AS x, 'row ' || range AS id FROM range(${from}, ${to})) TO '${join(path, `data/${name}.parquet`)}' (FORMAT parquet)`,
      )
    const run = () => type(path, 'predict', '--data', 'data', '--model-path', 'model.onnx', '--output', 'out.parquet')
    expect((await run()).stderr).toContain('210,000 rows were scored;')
    const [whole] =
      await rowsOf(`SELECT count(*) AS n, sum(CASE WHEN prediction = 2 * x AND id = 'row ' || x THEN 1 ELSE 0 END)::INTEGER AS good,
      min(x) AS least FROM ${predictions(path, 'out.parquet')}`)
    expect(whole).toEqual({ n: 210_000, good: 210_000, least: 0 })

    const parts = join(path, 'out.parquet.parts')
    const stopped = await interrupted(path)
    expect(existsSync(join(parts, '000000.parquet'))).toBe(true)
    expect(stopped).not.toBe(0)
    expect((await run()).stderr).toMatch(/210,000 rows were scored, [12]00,000 of them before;/)
    expect(
      await rowsOf(
        `SELECT sum(CASE WHEN prediction = 2 * x THEN 1 ELSE 0 END)::INTEGER AS good FROM ${predictions(path, 'out.parquet')}`,
      ),
    ).toEqual([{ good: 210_000 }])
  })

  it('names the column that is missing and the model that is not there', async () => {
    const path = folder(models.trees!.model)
    writeFileSync(join(path, 'short.csv'), 'tenur,contract\n1,a\n')
    const run = (...more: string[]) => type(path, 'predict', ...more)
    expect((await run('--data', 'short.csv', '--model-path', 'model.onnx')).stderr).toContain(
      'which short.csv does not have',
    )
    expect((await run('--data', 'telco.csv', '--model-path', 'no.onnx')).stderr).toContain(
      'There is no model at no.onnx; correct the input `model-path`, or name a released version with `model`.',
    )
    expect((await run('churn@v9.0.0', '--data', 'telco.csv')).stderr).toContain('churn@v9.0.0')
    expect((await run('--data', 'no.csv', '--model-path', 'model.onnx')).stderr).toContain(
      'No data file matches no.csv',
    )
    expect((await run('--data', 'telco.csv', '--model-path', 'model.onnx', '--columns', 'tenur')).stderr).toContain(
      'did you mean tenure?',
    )
  })
})
