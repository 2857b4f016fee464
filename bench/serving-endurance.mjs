// What a server has to stand: swaps of versions under load, a shadow that sleeps, and a long time.
//   npm run build
//   node bench/serving-endurance.mjs swaps           40 swaps among 100,000 requests on kept connections: how many are lost
//   node bench/serving-endurance.mjs shadow          the champion's p99 with and without a shadow that sleeps 1.5 s, ten rounds each
//   node bench/serving-endurance.mjs memory [10]     resident memory minute by minute, under load
// The models answer one number; the client runs in a process of its own.
import { fork, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { folderSource, startServer } from '@mlwright/serving'
import { startWorkerOf } from '@mlwright/serving/main'

const self = fileURLToPath(import.meta.url)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const [, , what, given] = process.argv
const port = 18490
const key = 'bench-0123456789abcdef'
const clients = 16

/** ONNX models that answer their number, or its opposite; the last one asks tests' threads to sleep. */
const versions = {
  v1: 'CAg6QwoSCgF4EgF5IghJZGVudGl0eToAEgFnWhQKAXgSDwoNCAESCQoDEgFOCgIIAWIUCgF5Eg8KDQgBEgkKAxIBTgoCCAFCBAoAEBJCDgoKYWkub25ueC5tbBAD',
  v2: 'CAg6PgoNCgF4EgF5IgNOZWc6ABIBZ1oUCgF4Eg8KDQgBEgkKAxIBTgoCCAFiFAoBeRIPCg0IARIJCgMSAU4KAggBQgQKABASQg4KCmFpLm9ubngubWwQAw==',
  slow: 'CAg6PgoNCgF4EgF5IgNOZWc6ABIBZ1oUCgF4Eg8KDQgBEgkKAxIBTgoCCAFiFAoBeRIPCg0IARIJCgMSAU4KAggBQgQKABASQg4KCmFpLm9ubngubWwQA3IQCgl0ZXN0LnNsb3cSA3llcw==',
}

const agent = new Agent({ keepAlive: true, maxSockets: clients })
function send(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const options = {
      port,
      host: '127.0.0.1',
      agent,
      method,
      path,
      headers: { ...headers, 'Content-Type': 'application/json' },
    }
    const sent = request(options, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends requests until the number is reached or the time is over; every answer has to be the one of a version. */
async function load({ requests = Number.POSITIVE_INFINITY, milliseconds = Number.POSITIVE_INFINITY }) {
  const end = performance.now() + milliseconds
  const latencies = []
  let sent = 0
  let lost = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (sent < requests && performance.now() < end) {
        sent++
        const start = performance.now()
        const answer = await send('POST', '/predict', `{"x":${client + 1}}`).catch(() => null)
        latencies.push(performance.now() - start)
        const prediction = answer?.status === 200 ? JSON.parse(answer.text).prediction : null
        if (Math.abs(prediction) !== client + 1) lost++
      }
    }),
  )
  latencies.sort((a, b) => a - b)
  return { sent, lost, p99: latencies[Math.floor(latencies.length * 0.99)] }
}

if (what === 'client') {
  process.on('message', async (asked) => process.send(await load(asked)))
} else {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))
  mkdirSync(join(folder, 'models'))
  for (const [name, file] of Object.entries(versions))
    writeFileSync(join(folder, `models/${name}.onnx`), Buffer.from(file, 'base64'))
  const client = fork(self, ['client'])
  const ask = (asked) =>
    new Promise((resolve) => {
      client.once('message', resolve)
      client.send(asked)
    })
  const policy = (champion) => JSON.stringify({ champion, challengers: [] })

  if (what === 'shadow') {
    const server = await startServer({
      ...{ name: 'echo', source: folderSource(join(folder, 'models')), port, host: '127.0.0.1', log: null },
      ...{ start: startWorkerOf(here('../test/serving/slow-worker-entry.mjs')), now: () => new Date(), note: () => {} },
    })
    const rounds = { without: [], with: [] }
    await ask({ requests: 4000 })
    for (let round = 0; round < 10; round++)
      for (const [kind, challengers] of [
        ['without', []],
        ['with', [{ version: 'slow', mode: 'shadow', percent: 100 }]],
      ]) {
        await server.traffic.apply({ champion: 'v1', challengers }, 'bench')
        rounds[kind].push((await ask({ requests: 4000 })).p99)
      }
    for (const [kind, p99] of Object.entries(rounds)) {
      const [low, middle, high] = [0, 5, 9].map((at) => p99.toSorted((a, b) => a - b)[at].toFixed(2))
      console.log(`p99 ${kind} the shadow: median ${middle} ms, from ${low} to ${high}`)
    }
    await server.stop(0.1)
  } else {
    writeFileSync(join(folder, 'keys'), `bench:${key}\n`)
    const flags = ['--port', String(port), '--admin-keys-file', 'keys']
    const cli = here('../packages/cli/bin/mlwright.js')
    const server = spawn(process.execPath, [cli, 'serve', 'models', ...flags], { cwd: folder, stdio: 'inherit' })
    while ((await send('GET', '/v2/health/ready').catch(() => null))?.status !== 200)
      await new Promise((resolve) => setTimeout(resolve, 20))
    if (what === 'swaps') {
      const running = ask({ requests: 100_000 })
      for (let swap = 1; swap <= 40; swap++) {
        await new Promise((resolve) => setTimeout(resolve, 200))
        const body = policy(swap % 2 === 0 ? 'v1' : 'v2')
        const { status, text } = await send('PUT', '/admin/policy', body, { Authorization: `Bearer ${key}` })
        if (status !== 200) throw new Error(`The swap was refused: ${text}`)
      }
      const { sent, lost } = await running
      console.log(`${sent} requests, 40 swaps: ${lost} were lost or answered wrongly`)
    } else {
      for (let minute = 1; minute <= Number(given ?? 10); minute++) {
        const { sent, lost } = await ask({ milliseconds: 60_000 })
        const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]
        console.log(`minute ${minute}: ${(memory / 1024).toFixed(1)} MB, ${sent} requests, ${lost} lost`)
      }
    }
    server.kill('SIGTERM')
  }
  client.kill()
  agent.destroy()
  rmSync(folder, { recursive: true, force: true })
}
