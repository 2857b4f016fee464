import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type } from '../actions/project.ts'
import { git } from '../actions/registered.ts'
import { telco } from '../serving/fixture.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/prediction-log.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'mlwright-log-'))
const log = () =>
  readFileSync(join(folder, 'logs/churn.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** The rows that each SQL block of the page gives, run one after the other in the folder. */
async function runQueries(): Promise<Record<string, unknown>[][]> {
  const database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  const results: Record<string, unknown>[][] = []
  for (const [, sql] of page.matchAll(/```sql\n([\s\S]*?)```/g)) {
    const reader = await connection.runAndReadAll(sql!.replaceAll("'logs/", `'${folder}/logs/`))
    results.push(reader.getRowObjectsJson() as Record<string, unknown>[])
  }
  connection.closeSync()
  database.closeSync()
  return results
}

/** 200 customers are served by `mlwright serve`, one request with two rows, and the first 60 labels arrive. */
beforeAll(async () => {
  const churn = await telco()
  mkdirSync(join(folder, 'logs'))
  for (const path of ['mlwright.yml', 'contracts', 'data'])
    cpSync(join(root, 'examples/telco-churn', path), join(folder, path), { recursive: true })
  const contract = join(folder, 'contracts/customers.odcs.yaml')
  const text = readFileSync(contract, 'utf8')
  writeFileSync(
    contract,
    text.replace('name: senior_citizen', 'name: senior_citizen\n        classification: restricted'),
  )
  writeFileSync(join(folder, 'model.onnx'), churn.model)
  git(folder, 'init', '--quiet')
  const argv = ['serve', 'model.onnx', '--name', 'churn', '--port', '0', '--log', 'logs/churn.jsonl']
  const server = spawn(process.execPath, [join(root, 'test/serving/cli-entry.mjs'), ...argv], { cwd: folder })
  const exit = new Promise((resolve) => server.on('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (chunk) => {
      said += chunk
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
      if (found) resolve(found)
    })
    void exit.then(() => reject(new Error(said)))
  })
  const post = async (path: string, id: string, body: unknown) => {
    const answer = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'X-Request-Id': id },
      body: JSON.stringify(body),
    })
    expect(answer.ok, path).toBe(true)
  }
  await post('/predict', 'r0', [churn.row(0), churn.row(1)])
  for (let row = 2; row < 200; row++) await post('/predict', `r${row}`, churn.row(row))
  const labels = Array.from({ length: 58 }, (_, at) => ({
    request_id: `r${at + 2}`,
    label: at % 3 === 0 ? 'Yes' : 'No',
  }))
  await post('/feedback', 'f', [
    { request_id: 'r0', label: 'No' },
    { request_id: 'r0', row: 1, label: 'Yes' },
    ...labels,
  ])
  server.kill('SIGTERM')
  await exit
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('docs/prediction-log.md', () => {
  it('names every column that the server writes', () => {
    const names = new Set(log().flatMap((line) => Object.keys(line)))
    const documented = new Set([...page.matchAll(/`(\w+)`/g)].map(([, name]) => name))
    expect([...names].filter((name) => !documented.has(name))).toEqual([])
    const example = JSON.parse(/```json\n(.*)\n```/.exec(page)![1]!)
    expect(Object.keys(log().find(({ request_id }) => request_id === 'r2'))).toEqual(Object.keys(example))
    expect(log().find(({ row }) => row === 1)).toMatchObject({ request_id: 'r0', model: 'churn' })
  })

  it('keeps out what the contract classifies as restricted', () => {
    const inputs = log().flatMap(({ inputs }) => (inputs ? [inputs.senior_citizen] : []))
    expect([inputs.length, new Set(inputs)]).toEqual([200, new Set(['[redacted]'])])
  })

  it('has queries that DuckDB runs on JSON Lines and on the Parquet that the first of them writes', async () => {
    const [copied, versions, right, days] = await runQueries()
    expect(copied).toEqual([{ Count: String(log().length) }])
    expect(versions).toEqual([expect.objectContaining({ answers: '200' })])
    expect(right).toEqual([{ labelled: '60', accuracy: expect.any(Number) }])
    expect(days!.length).toBeGreaterThan(0)
  })

  it('is monitored alike as JSON Lines and as Parquet', async () => {
    await runQueries()
    const looks = []
    for (const ending of ['jsonl', 'parquet']) {
      const argv = ['--reference', 'data/telco-churn.csv', '--model', 'churn', '--current', `logs/churn.${ending}`]
      const { stdout, said } = await type(folder, 'monitor', ...argv, '--fail-on', 'never', '--json')
      expect(stdout, said).not.toBe('')
      const { columns, computational, current } = JSON.parse(stdout)
      looks.push({ columns, requests: computational.requests, latency: computational.metrics, rows: current.rows })
    }
    expect(looks[0]).toEqual(looks[1])
    expect(looks[0]).toMatchObject({ rows: 200, requests: 199 })
    expect(Object.keys(looks[0]!.columns)).not.toContain('senior_citizen')
    expect(Object.keys(looks[0]!.columns)).toContain('tenure')
  })

  it('is compared with a table alike without a configuration, where it is of one model', async () => {
    const look = (current: string, ...argv: string[]) =>
      type(
        folder,
        ...['monitor', '--reference', 'data/telco-churn.csv', '--current', current, '--fail-on', 'never', '--json'],
        ...argv,
      )
    const named = await look('logs/churn.jsonl', '--model', 'churn')
    const alone = await look('logs/churn.jsonl')
    const { columns, current, computational } = JSON.parse(alone.stdout)
    expect(columns.tenure.effects).toEqual(JSON.parse(named.stdout).columns.tenure.effects)
    expect(Object.keys(columns)).not.toContain('request_id')
    expect([current.rows, computational.requests]).toEqual([200, 199])
    const [answer] = log().filter(({ inputs }) => inputs)
    const lines = ['churn', 'fares'].map((model) => `${JSON.stringify({ ...answer, model })}\n`)
    writeFileSync(join(folder, 'two.jsonl'), lines.join(''))
    expect((await look('two.jsonl')).said).toContain(
      'The prediction log two.jsonl has answers of churn, fares; say with `model` which one of mlwright.yml is meant.',
    )
  }, 30_000)
})
