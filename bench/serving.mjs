// CPU microseconds per request (user and system time of the process tree) of `mlwright serve` beside other servers of the
// same ONNX model of telco-churn, on the same machine in the same run. Ours validates, counts and logs.
//   npm run build
//   node bench/serving.mjs fastapi=PYTHON mlserver=PYTHON kserve=PYTHON bentoml=PYTHON mlflow=PYTHON
// Each PYTHON is of an environment with that server and onnxruntime (FastAPI's with uvicorn and orjson too). Prints the median
// of 5 interleaved rounds; the slow ones are asked for one row alone.
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
const pythons = Object.fromEntries(process.argv.slice(2).map((given) => given.split('=')))
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
function post({ port, path = '/predict' }, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const sent = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent }, (response) => {
      response.resume()
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function load(server, bodies, parallel, requests) {
  const { pid } = server.child
  const before = ticks(pid)
  const latencies = []
  let next = 0
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      while (next < requests) {
        const start = performance.now()
        await post(server, bodies[next++ % bodies.length])
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

async function start(command, port, path, body) {
  const child = spawn(command[0], command.slice(1), { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const server = { child, port, path }
  const since = performance.now()
  while (child.exitCode === null) {
    const ready = await post(server, body).then(
      () => true,
      () => false,
    )
    if (ready) return { ...server, ready: performance.now() - since }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${command.join(' ')} ended with ${child.exitCode}.`)
}

/** A row in the Open Inference Protocol. */
function tensors(row) {
  const inputs = Object.entries(JSON.parse(row)).map(([name, value]) => ({
    name,
    shape: [1, 1],
    datatype: typeof value === 'string' ? 'BYTES' : 'FP32',
    data: [value ?? 0],
  }))
  return JSON.stringify({ inputs })
}
const oneRow = (body) => `{"rows":[${body}]}`
const dataframe = (body) => `{"dataframe_records":[${body}]}`

const rows = await prepare()
const batches = Array.from({ length: 10 }, (_, at) => `[${rows.slice(at * 100, at * 100 + 100).join(',')}]`)
const cli = process.env.MLWRIGHT_BENCH_CLI ?? join(root, 'packages/cli/bin/mlwright.js')
const flags = ['--name', 'churn', '--port', '18481', '--log', join(folder, 'log.jsonl')]
const peers = {
  fastapi: { path: '/predict', body: (row) => row },
  mlserver: { path: '/v2/models/churn/infer', body: tensors },
  kserve: { path: '/v2/models/churn/infer', body: tensors },
  bentoml: { path: '/predict', body: oneRow },
  mlflow: { path: '/invocations', body: dataframe },
}
const servers = {
  mlwright: {
    rows,
    ...(await start([process.execPath, cli, 'serve', 'model.onnx', ...flags], 18481, '/predict', rows[0])),
  },
}
for (const [at, [name, { path, body }]] of Object.entries(peers).entries()) {
  if (!pythons[name]) {
    console.log(`${name} is left out: no ${name}=PYTHON was given.`)
    continue
  }
  const command = [pythons[name], join(root, `bench/serving-${name}.py`), 'model.onnx', String(18482 + at)]
  const bodies = rows.map(body)
  servers[name] = { rows: bodies, ...(await start(command, 18482 + at, path, bodies[0])) }
}

const cases = [
  ['one row, 16 connections', null, connections, 4000],
  ['one row, 1 connection', null, 1, 1500],
  ['100 rows, 4 connections', batches, 4, 600],
]
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const fast = new Set(['mlwright', 'fastapi'])
for (const [name, server] of Object.entries(servers)) {
  await load(server, server.rows, connections, fast.has(name) ? warmUp : warmUp / 20)
  if (fast.has(name)) await load(server, batches, 4, warmUp / 10)
}
for (const [name, bodies, parallel, requests] of cases) {
  const asked = Object.entries(servers).filter(([server]) => bodies === null || fast.has(server))
  const measured = Object.fromEntries(asked.map(([server]) => [server, []]))
  for (let round = 0; round < rounds; round++)
    for (const [own, server] of asked)
      measured[own].push(await load(server, bodies ?? server.rows, parallel, fast.has(own) ? requests : requests / 10))
  console.log(`${name}:`)
  const ours = median(measured.mlwright.map((run) => run.cpu))
  for (const [server, runs] of Object.entries(measured)) {
    const cpu = runs.map((run) => run.cpu)
    const ratio = server === 'mlwright' ? '' : `; ours is ${(ours / median(cpu)).toFixed(2)} of it`
    const p99 = median(runs.map((run) => run.p99)).toFixed(1)
    console.log(
      `  ${server} ${median(cpu).toFixed(0)} µs CPU (min ${Math.min(...cpu).toFixed(0)}), p99 ${p99} ms${ratio}`,
    )
  }
}
/** Resident memory in MiB of a process and its children. */
function memory(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024
  return children.reduce((sum, child) => sum + memory(child), own)
}
for (const [name, { child, ready }] of Object.entries(servers)) {
  console.log(`${name}: ready after ${ready.toFixed(0)} ms, ${memory(child.pid).toFixed(0)} MB`)
  child.kill()
}
agent.destroy()
rmSync(folder, { recursive: true, force: true })
