// Validates 1,000,000 rows x 50 columns of Parquet with 200 checks, beside pandera on polars with the same checks.
//   npx tsc -b packages/data packages/engines
//   node bench/validate.mjs [python with pandera[polars] and duckdb, default python3]
// Prints CPU seconds (user and system, start-up included) and peak memory of each, and their ratio.
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const rows = 1_000_000
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const python = process.argv[2] ?? 'python3'
const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))
const data = join(folder, 'rows.parquet')

/** 24 numbers, 10 integers, 10 words, 4 dates, 2 keys; some of them missing. */
const columns = [
  ...Array.from({ length: 24 }, (_, i) => ({ name: `n${i}`, kind: 'number', nulls: i >= 16 })),
  ...Array.from({ length: 10 }, (_, i) => ({ name: `i${i}`, kind: 'integer', nulls: i >= 8 })),
  ...Array.from({ length: 10 }, (_, i) => ({ name: `s${i}`, kind: 'string', nulls: i >= 8 })),
  ...Array.from({ length: 4 }, (_, i) => ({ name: `d${i}`, kind: 'date', nulls: false })),
  { name: 'id', kind: 'key', nulls: false },
  { name: 'code', kind: 'code', nulls: false },
]
const sql = {
  number: '(random() + random() + random()) * 100 - 50',
  integer: '(random() * 1000)::INTEGER',
  string: "['red-01', 'green-02', 'blue-03', 'yellow-04', 'black-05'][1 + (random() * 4.99)::INTEGER % 5]",
  date: "DATE '2020-01-01' + (random() * 1500)::INTEGER",
  key: 'i',
  code: "'c' || lpad(i::VARCHAR, 9, '0')",
}

/** Every check once, for both sides: not-null, ranges, sets, patterns, lengths, two uniques, means, deviations, medians. */
function checksOf({ name, kind, nulls }) {
  const checks = nulls ? [] : [{ check: 'not-null' }]
  const add = (...more) => checks.push(...more)
  if (kind === 'number') add({ check: 'minimum', value: -50 }, { check: 'maximum', value: 250 })
  if (kind === 'number') add({ check: 'mean', min: 95, max: 105 })
  if (kind === 'number' && Number(name.slice(1)) < 12) add({ check: 'deviation', min: 45, max: 55 })
  if (kind === 'number' && Number(name.slice(1)) < 6) add({ check: 'median', min: 95, max: 105 })
  if (kind === 'integer') add({ check: 'minimum', value: 0 }, { check: 'maximum', value: 1000 })
  if (kind === 'string')
    add(
      { check: 'set' },
      { check: 'pattern', value: '^[a-z]+-[0-9]{2}$' },
      { check: 'min-length', value: 6 },
      { check: 'max-length', value: 9 },
    )
  if (kind === 'date') add({ check: 'minimum', value: '2020-01-01' }, { check: 'maximum', value: '2024-12-31' })
  if (kind === 'key') add({ check: 'unique' })
  if (kind === 'code')
    add({ check: 'unique' }, { check: 'pattern', value: '^c[0-9]{9}$' }, { check: 'max-length', value: 10 })
  return checks.map((check) => ({ column: name, kind, ...check }))
}
const words = ['red-01', 'green-02', 'blue-03', 'yellow-04', 'black-05']

function contractText(checks) {
  const options = {
    minimum: 'minimum',
    maximum: 'maximum',
    pattern: 'pattern',
    'min-length': 'minLength',
    'max-length': 'maxLength',
  }
  const statistics = { mean: 'mean', deviation: 'standard_deviation', median: 'median' }
  const types = { number: 'number', integer: 'integer', string: 'string', date: 'date', key: undefined, code: 'string' }
  const properties = columns.map(({ name, kind }) => {
    const own = checks.filter(({ column }) => column === name)
    const has = (check) => own.some((each) => each.check === check)
    const limits = Object.fromEntries(
      own.filter(({ check }) => options[check]).map(({ check, value }) => [options[check], value]),
    )
    if (has('set')) limits.enum = words
    return {
      name,
      logicalType: types[kind],
      required: has('not-null') || undefined,
      unique: has('unique') || undefined,
      logicalTypeOptions: Object.keys(limits).length > 0 ? limits : undefined,
      quality: own
        .filter(({ check }) => statistics[check])
        .map(({ check, min, max }) => ({
          type: 'custom',
          engine: 'mlwright',
          implementation: { check: statistics[check], min, max },
        })),
    }
  })
  const document = { apiVersion: 'v3.1.0', kind: 'DataContract', id: 'bench', version: '1', status: 'active' }
  return JSON.stringify({ ...document, schema: [{ name: 'rows', properties }] }, null, 1)
}

/** Runs a program; CPU is that of its process tree, memory the peak of its largest process. */
async function measure(name, command, args, env = {}) {
  const script = `import json, resource, subprocess, sys
r = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'cpu': u.ru_utime + u.ru_stime, 'mb': u.ru_maxrss / 1024, 'code': r.returncode, 'out': r.stdout.strip()}))`
  const child = spawn(python, ['-c', script, command, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  let out = ''
  for await (const chunk of child.stdout) out += chunk
  const { cpu, mb, code, out: said } = JSON.parse(out)
  if (code !== 0) throw new Error(`${name} failed: ${said}`)
  console.log(`${name.padEnd(16)} ${cpu.toFixed(2).padStart(6)} CPU s ${mb.toFixed(0).padStart(6)} MB   ${said}`)
  return { cpu, mb }
}

const checks = columns.flatMap(checksOf)
writeFileSync(join(folder, 'checks.json'), JSON.stringify(checks))
writeFileSync(join(folder, 'contract.yaml'), contractText(checks))
const select = columns.map(
  ({ name, kind, nulls }) => `${nulls ? `CASE WHEN random() > 0.05 THEN ${sql[kind]} END` : sql[kind]} AS ${name}`,
)
const { DuckDBInstance } = await import('@duckdb/node-api')
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run(`SELECT setseed(0.5)`)
await connection.run(`COPY (SELECT ${select.join(', ')} FROM range(${rows}) t(i)) TO '${data}' (FORMAT parquet)`)
instance.closeSync()

console.log(`${checks.length} checks, ${rows.toLocaleString('en')} rows, ${columns.length} columns`)
const rounds = Number(process.env.ROUNDS ?? 3)
const ours = []
const theirs = []
for (let round = 0; round < rounds; round++) {
  ours.push(
    await measure('mlwright', process.execPath, [here('validate-ours.mjs'), data, join(folder, 'contract.yaml')]),
  )
  theirs.push(
    await measure('pandera[polars]', python, [here('validate-pandera.py'), data, join(folder, 'checks.json')]),
  )
}
const median = (runs) => runs.map(({ cpu }) => cpu).sort((a, b) => a - b)[Math.floor(runs.length / 2)]
const peak = Math.max(...ours.map(({ mb }) => mb))
console.log(
  `ratio of CPU time (medians of ${rounds}): ${(median(ours) / median(theirs)).toFixed(2)} (at most 1.5); peak ${peak.toFixed(0)} MB (under 500)`,
)
