// CPU microseconds per request (user and system time of the process tree) of `mlwright serve` beside other servers of the
// same ONNX model of telco-churn, on the same machine in the same run. Ours validates, counts and logs.
//   npm run build
//   node bench/serving.mjs fastapi=PYTHON mlserver=PYTHON kserve=PYTHON bentoml=PYTHON mlflow=PYTHON
// Each PYTHON is of an environment with that server and onnxruntime (FastAPI's with uvicorn and orjson too). Prints the median
// of 5 interleaved rounds; only FastAPI is asked for 100 rows too.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect as netConnect } from 'node:net'
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

/** The bytes of a request. */
function requestBytes(port, path, body, headers = {}) {
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, 'Content-Type': 'application/json', ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`),
    Buffer.from(body),
  ])
}

/**
 * A kept connection that does as little as it can, since what asks shares the machine with what answers: whoever is slower
 * has the queue, and it is the servers that are to be busy.
 */
function connect(port) {
  const socket = netConnect({ port, host: '127.0.0.1', noDelay: true })
  let received = ''
  let end = -1
  let waiting = null
  socket.setEncoding('latin1')
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('data', (text) => {
    received += text
    if (end < 0) {
      const body = received.indexOf('\r\n\r\n')
      if (body < 0) return
      const length = /content-length: *([0-9]+)/i.exec(received.slice(0, body))
      if (!length) return waiting.reject(new Error(`An answer without a length: ${received.slice(0, 200)}`))
      end = body + 4 + Number(length[1])
    }
    if (received.length < end) return
    const { resolve, reject } = waiting
    const ok = received.startsWith('HTTP/1.1 200')
    const answer = received
    received = ''
    end = -1
    if (ok) resolve()
    else reject(new Error(answer.slice(0, 500)))
  })
  return {
    ask: (bytes) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(bytes)
      }),
    close: () => socket.destroy(),
  }
}

/** The CPU microseconds per request of a server under load, and the 99th percentile of the latencies in milliseconds. */
async function load(server, requests, parallel, count) {
  const { pid } = server.child
  const connections = Array.from({ length: parallel }, () => connect(server.port))
  const before = ticks(pid)
  const latencies = []
  let next = 0
  await Promise.all(
    connections.map(async (connection) => {
      while (next < count) {
        const start = performance.now()
        await connection.ask(requests[next++ % requests.length])
        latencies.push(performance.now() - start)
      }
    }),
  )
  const cpu = ((ticks(pid) - before) * 10_000) / latencies.length
  for (const connection of connections) connection.close()
  latencies.sort((a, b) => a - b)
  return { cpu, p99: latencies[Math.floor(latencies.length * 0.99)] }
}

async function start(command, { port, path, body }) {
  const child = spawn(command[0], command.slice(1), { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  process.on('exit', () => child.kill())
  const since = performance.now()
  const bytes = requestBytes(port, path, body)
  while (child.exitCode === null) {
    const connection = connect(port)
    const ready = await connection.ask(bytes).then(
      () => true,
      () => false,
    )
    connection.close()
    if (ready) return { child, port, ready: performance.now() - since }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`${command.join(' ')} ended with ${child.exitCode}.`)
}

/** Rows in the Open Inference Protocol. */
function tensors(bodies, data) {
  const columns = bodies.map((body) => JSON.parse(body))
  return Object.keys(columns[0]).map((name) => {
    const values = columns.map((row) => row[name])
    const datatype = typeof values[0] === 'string' ? 'BYTES' : 'FP32'
    return { name, shape: [values.length, 1], datatype, ...data(values, datatype) }
  })
}
const infer = (body) => JSON.stringify({ inputs: tensors([body], (values) => ({ data: values.map((v) => v ?? 0) })) })

/** The same as binary tensors: JSON that describes them, and their bytes behind it. */
function binary(bodies) {
  const parts = []
  const inputs = tensors(bodies, (values, datatype) => {
    const bytes =
      datatype === 'FP32'
        ? Buffer.from(Float32Array.from(values, (value) => value ?? 0).buffer)
        : Buffer.concat(
            values.map((value) => {
              const text = Buffer.from(`    ${value}`)
              text.writeUInt32LE(text.length - 4)
              return text
            }),
          )
    parts.push(bytes)
    return { parameters: { binary_data_size: bytes.length } }
  })
  const head = Buffer.from(JSON.stringify({ inputs, parameters: { binary_data_output: true } }))
  return { body: Buffer.concat([head, ...parts]), headers: { 'Inference-Header-Content-Length': head.length } }
}
const oneRow = (body) => `{"rows":[${body}]}`
const dataframe = (body) => `{"dataframe_records":[${body}]}`

const rows = await prepare()
const hundreds = Array.from({ length: 10 }, (_, at) => rows.slice(at * 100, at * 100 + 100))
const cli = process.env.MLWRIGHT_BENCH_CLI ?? join(root, 'packages/cli/bin/mlwright.js')
const flags = ['--name', 'churn', '--port', '18481', '--log', join(folder, 'log.jsonl')]
const peers = {
  fastapi: { path: '/predict', body: (row) => row },
  mlserver: { path: '/v2/models/churn/infer', body: infer },
  kserve: { path: '/v2/models/churn/infer', body: infer },
  bentoml: { path: '/predict', body: oneRow },
  mlflow: { path: '/invocations', body: dataframe },
}
const servers = {
  mlwright: {
    ...(await start([process.execPath, cli, 'serve', 'model.onnx', ...flags], {
      port: 18481,
      path: '/predict',
      body: rows[0],
    })),
    one: rows.map((row) => requestBytes(18481, '/predict', row)),
    hundred: hundreds.map((batch) => requestBytes(18481, '/predict', `[${batch}]`)),
    binary: hundreds.map((batch) => {
      const { body, headers } = binary(batch)
      return requestBytes(18481, '/v2/models/churn/infer', body, headers)
    }),
  },
}
for (const [at, [name, { path, body }]] of Object.entries(peers).entries()) {
  if (!pythons[name]) {
    console.log(`${name} is left out: no ${name}=PYTHON was given.`)
    continue
  }
  const port = 18482 + at
  const command = [pythons[name], join(root, `bench/serving-${name}.py`), 'model.onnx', String(port)]
  servers[name] = {
    ...(await start(command, { port, path, body: body(rows[0]) })),
    one: rows.map((row) => requestBytes(port, path, body(row))),
    ...(name === 'fastapi' && { hundred: hundreds.map((batch) => requestBytes(port, path, `[${batch}]`)) }),
  }
}

const cases = [
  ['one row, 16 connections', 'one', connections, 4000],
  ['one row, 1 connection', 'one', 1, 1500],
  ['100 rows as JSON, 4 connections', 'hundred', 4, 600],
  ['100 rows as binary tensors, 4 connections, beside JSON', 'binary', 4, 600],
]
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]
const fast = new Set(['mlwright', 'fastapi'])
for (const [name, server] of Object.entries(servers)) {
  await load(server, server.one, connections, fast.has(name) ? warmUp : warmUp / 20)
  for (const kind of ['hundred', 'binary']) if (server[kind]) await load(server, server[kind], 4, warmUp / 10)
}
for (const [title, kind, parallel, count] of cases) {
  const asked = Object.entries(servers).flatMap(([name, server]) => {
    const requests = server[kind] ?? (kind === 'binary' ? server.hundred : undefined)
    return requests ? [[name, server, requests]] : []
  })
  const measured = Object.fromEntries(asked.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, server, requests] of asked)
      measured[name].push(await load(server, requests, parallel, fast.has(name) ? count : count / 10))
  console.log(`${title}:`)
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
rmSync(folder, { recursive: true, force: true })
