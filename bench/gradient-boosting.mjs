// gradient-boosting beside scikit-learn's HistGradientBoostingClassifier on one thread: CPU seconds of the fit and AUC on
// rows that neither saw. Run after `npm run build`:
//   node bench/gradient-boosting.mjs [rows] [python with scikit-learn]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fit } from '@mlwright/learn'
import { InferenceSession, Tensor } from 'onnxruntime-node'

const rows = Number(process.argv[2] ?? 100_000)
const python = process.argv[3] ?? 'python3'
const tests = 50_000
const features = 20
const repeats = 5

let state = 12345
function uniform() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 4294967296
}
function normal() {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += uniform()
  return sum
}

/** Normal features of which ten matter: products, thresholds, a sine, and noise that no model can learn. */
function makeTable(missing) {
  const height = rows + tests
  const columns = Array.from({ length: features }, () => Float32Array.from({ length: height }, normal))
  const labels = new Float64Array(height)
  for (let i = 0; i < height; i++) {
    const x = columns.map((column) => column[i])
    const score =
      0.8 * x[0] * x[1] + 0.7 * x[2] - Math.abs(x[3]) + (x[4] > 0.5 ? 1 : 0) + Math.sin(2 * x[5]) + 0.4 * x[6] * x[7]
    labels[i] = score + 0.3 * x[8] - 0.2 * x[9] + 1.5 * normal() > 0 ? 1 : 0
  }
  if (missing)
    for (const column of columns) for (let i = 0; i < height; i++) if (uniform() < 0.1) column[i] = Number.NaN
  return { columns, labels }
}

function auc(labels, scores) {
  const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b])
  let ranks = 0
  let positives = 0
  order.forEach((row, rank) => {
    if (labels[row] !== 1) return
    ranks += rank + 1
    positives++
  })
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives))
}

async function ours({ columns, labels }) {
  const names = columns.map((_, index) => `f${index}`)
  const set = {
    table: {
      rows: rows + tests,
      columns: new Map(names.map((name, i) => [name, { type: 'number', values: Float64Array.from(columns[i]) }])),
    },
    rows: Int32Array.from({ length: rows }, (_, index) => index),
    validation: new Int32Array(),
    labels,
    task: 'classification',
    classes: ['no', 'yes'],
    features: names.map((name) => ({ name, type: 'number' })),
  }
  const seconds = []
  let model
  for (let repeat = 0; repeat < repeats; repeat++) {
    const before = process.cpuUsage()
    model = (await fit('gradient-boosting', { rounds: 100, leaves: 31 }, 7, set, {})).model
    const { user, system } = process.cpuUsage(before)
    seconds.push((user + system) / 1e6)
  }
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 })
  const feeds = Object.fromEntries(
    names.map((name, i) => [name, new Tensor('float32', columns[i].slice(rows), [tests, 1])]),
  )
  const { probabilities } = await session.run(feeds, ['probabilities'])
  const scores = Float32Array.from({ length: tests }, (_, index) => probabilities.data[2 * index + 1])
  return { name: 'mlwright', seconds, auc: auc(labels.subarray(rows), scores) }
}

function peer({ columns, labels }) {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))
  columns.forEach((column, index) => {
    writeFileSync(join(folder, `${index}.f32`), column)
  })
  writeFileSync(join(folder, 'labels.f64'), labels)
  const script = new URL('gradient-boosting.py', import.meta.url).pathname
  const run = spawnSync(python, [script, folder, String(rows), String(features), String(repeats)], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  })
  rmSync(folder, { recursive: true })
  if (run.status !== 0) throw new Error(`${python} could not run scikit-learn:\n${run.stderr}`)
  return JSON.parse(run.stdout)
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

for (const missing of [false, true]) {
  const table = makeTable(missing)
  const results = [await ours(table), peer(table)]
  process.stdout.write(`${rows} × ${features}${missing ? ', 10 % missing' : ''}, 100 rounds, 31 leaves, 1 thread\n`)
  for (const { name, seconds, auc } of results)
    process.stdout.write(
      `  ${name.padEnd(20)} first ${seconds[0].toFixed(2)} s, median ${median(seconds).toFixed(2)} s CPU, AUC ${auc.toFixed(5)}\n`,
    )
  const [mine, theirs] = results.map(({ seconds }) => median(seconds))
  process.stdout.write(
    `  ratio ${(mine / theirs).toFixed(2)}, first fit ${(results[0].seconds[0] / theirs).toFixed(2)}\n`,
  )
}
