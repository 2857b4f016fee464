// CPU microseconds per request (user and system time of the process tree) of `mlwright serve` beside FastAPI with orjson
// and onnxruntime: the same ONNX model of telco-churn, the same machine, the same run. Ours validates, counts and logs.
//   npm run build
//   node bench/serving.mjs [python with fastapi, uvicorn, orjson, onnxruntime and numpy]
// Prints the median of 5 interleaved rounds.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataset, readTable } from '@mlwright/data'
import { classCodes, classesOf } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { fit } from '@mlwright/learn'

const root = fileURLToPath(new URL('..', import.meta.url))
const python = process.argv[2]
const rounds = 5
const connections = 16
/** What V8 needs until its code is as fast as it gets. */
const warmUp = 8000
const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))

/** A model of the example's data, and its rows as JSON. */
async function prepare() {
  const path = join(root, 'examples/telco-churn/data/telco-churn.csv')
  const engine = duckDb({ load: nativeLoader({ own: import.meta.url }), temporaryFolder: folder })
  const opened = await openDataset(engine, { name: 'telco', files: [{ path, absolute: path, oid: '' }] })
  const names = opened.dataset.columns.map(({ name }) => name)
  const table = await readTable(engine, opened, names)
  await engine.close()
  const target = table.columns.get('churn')
  const classes = classesOf(target, 'Yes')
  const features = opened.dataset.columns.filter(({ name }) => name !== 'churn')
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row)
  const labels = Float64Array.from(classCodes(target, classes))
  const set = { table, rows, validation: new Int32Array(0), labels, task: 'classification', classes, features }
  const { model } = await fit('gradient-boosting', {}, 7, set, {})
  writeFileSync(join(folder, 'model.onnx'), model)
  const value = (column, row) =>
    column.type === 'string'
      ? (column.dictionary[column.codes[row]] ?? null)
      : Number.isNaN(column.values[row])
        ? null
        : column.values[row]
  return Array.from({ length: 1000 }, (_, row) =>
    JSON.stringify(Object.fromEntries(features.map(({ name }) => [name, value(table.columns.get(name), row)]))),
  )
}

/** Clock ticks (10 ms) of user and system time of a process and its children. */
function ticks(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return Number(stat[11]) + Number(stat[12]) + children.reduce((sum, child) => sum + ticks(child), 0)
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })
function post(port, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path: '/predict', headers, agent }, (response) => {
      response.resume()
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function load(port, pid, bodies, parallel, requests) {
  const before = ticks(pid)
  const latencies = []
  let next = 0
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < requests) {
        const start = performance.now()
        await post(port, bodies[next++ % bodies.length])
        latencies.push(performance.now() - start)
      }
    }),
  )
  latencies.sort((a, b) => a - b)
  return {
    cpu: ((ticks(pid) - before) * 10_000) / latencies.length,
    p99: latencies[Math.floor(latencies.length * 0.99)],
  }
}

async function start(command, port) {
  const child = spawn(command[0], command.slice(1), { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const since = performance.now()
  for (;;) {
    const ready = await post(port, rows[0]).then(
      () => true,
      () => false,
    )
    if (ready) break
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { child, port, ready: performance.now() - since }
}

const rows = await prepare()
const batches = Array.from({ length: 10 }, (_, at) => `[${rows.slice(at * 100, at * 100 + 100).join(',')}]`)
const cli = process.env.MLWRIGHT_BENCH_CLI ?? join(root, 'packages/cli/bin/mlwright.js')
const flags = ['--name', 'churn', '--port', '18481', '--log', join(folder, 'log.jsonl')]
const servers = { mlwright: await start([process.execPath, cli, 'serve', 'model.onnx', ...flags], 18481) }
if (python)
  servers.fastapi = await start([python, join(root, 'bench/serving-fastapi.py'), 'model.onnx', '18482'], 18482)

const cases = [
  ['one row, 16 connections', rows, connections, 4000],
  ['one row, 1 connection', rows, 1, 1500],
  ['100 rows, 4 connections', batches, 4, 600],
]
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
for (const { child, port } of Object.values(servers)) {
  await load(port, child.pid, rows, connections, warmUp)
  await load(port, child.pid, batches, 4, warmUp / 10)
}
for (const [name, bodies, parallel, requests] of cases) {
  const measured = Object.fromEntries(Object.keys(servers).map((server) => [server, []]))
  for (let round = 0; round < rounds; round++)
    for (const [server, { child, port }] of Object.entries(servers))
      measured[server].push(await load(port, child.pid, bodies, parallel, requests))
  const line = Object.entries(measured).map(([server, runs]) => {
    const cpu = runs.map((run) => run.cpu)
    return `${server} ${median(cpu).toFixed(0)} µs CPU (min ${Math.min(...cpu).toFixed(0)}), p99 ${median(runs.map((run) => run.p99)).toFixed(1)} ms`
  })
  console.log(`${name}: ${line.join('; ')}`)
  if (measured.fastapi) {
    const ratio = median(measured.mlwright.map((run) => run.cpu)) / median(measured.fastapi.map((run) => run.cpu))
    console.log(`  mlwright / fastapi: ${ratio.toFixed(2)}`)
  }
}
for (const [name, { child, ready }] of Object.entries(servers)) {
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]
  console.log(`${name}: ready after ${ready.toFixed(0)} ms, ${(memory / 1024).toFixed(0)} MB`)
  child.kill()
}
agent.destroy()
rmSync(folder, { recursive: true, force: true })
