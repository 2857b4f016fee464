// Compares 1,000,000 with 1,000,000 rows x 50 columns of Parquet, beside Evidently and NannyML by their defaults.
//   npm run build
//   node bench/drift.mjs [python with evidently==0.7.23 nannyml==0.13.1 'pandas<3' statsmodels pyarrow, default python3] [peers, default evidently,nannyml]
// Prints CPU seconds (user and system, start-up included) and peak memory of each method, and ratios. Evidently needs 7 GB.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { openDataset, profileTable } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'

const rows = Number(process.env.ROWS ?? 1_000_000)
const python = process.argv[2] ?? 'python3'
const peers = (process.argv[3] ?? 'evidently,nannyml').split(',').filter(Boolean)
const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))

/** A number in (0, 1) that follows from row, column and table. */
const uniform = (column, table) => `((hash(i * 977 + ${column * 31 + table}) % 1000003 + 0.5) / 1000004.0)`
const shapes = [
  (column, table) => `sqrt(-2 * ln(${uniform(column, table)})) * cos(6.283185307 * ${uniform(column + 100, table)})`,
  (column, table) => `-ln(${uniform(column, table)}) * ${column + 1}`,
  (column, table) => `exp(2 * ${uniform(column, table)})`,
  (column, table) => `${uniform(column, table)} ** 3 * 1000`,
  (column, table) => `floor(${uniform(column, table)} ** 2 * 50)`,
]

/** 35 numbers, one in five of few values; 13 texts of up to 70 values, two of a quarter of a million. */
async function makeTable(connection, name, table) {
  const numbers = Array.from({ length: 35 }, (_, k) => `${shapes[k % 5](k, table)} AS n${k}`)
  const texts = Array.from({ length: 15 }, (_, k) =>
    k < 2
      ? `'id' || CAST(floor(${uniform(k + 200, table)} * 250000) AS INTEGER) AS s${k}`
      : `'cat' || CAST(floor(${uniform(k + 200, table)} ** 2 * ${5 * k}) AS INTEGER) AS s${k}`,
  )
  const select = [...numbers, ...texts].join(', ')
  await connection.run(`COPY (SELECT ${select} FROM range(${rows}) t(i)) TO '${join(folder, name)}' (FORMAT parquet)`)
}

/** Runs a program; CPU is that of its process tree, memory the peak of its largest process. Null where it fails. */
function measure(name, command, args) {
  const script = `import json, resource, subprocess, sys
r = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({'cpu': u.ru_utime + u.ru_stime, 'mb': u.ru_maxrss / 1024, 'code': r.returncode, 'out': r.stdout.strip()[-300:]}))`
  const { stdout } = spawnSync(python, ['-c', script, command, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 })
  const { cpu, mb, code, out } = JSON.parse(stdout)
  const last = out.split('\n').at(-1)
  if (code !== 0) {
    console.log(`${name.padEnd(44)} skipped: it does not run here (${last.slice(0, 80)})`)
    return null
  }
  console.log(`${name.padEnd(44)} ${cpu.toFixed(1).padStart(7)} CPU s ${mb.toFixed(0).padStart(6)} MB`)
  return { cpu, mb }
}

const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await makeTable(connection, 'reference.parquet', 0)
await makeTable(connection, 'current.parquet', 7)
connection.closeSync()
instance.closeSync()

const engine = duckDb({ load: nativeLoader({ own: import.meta.url }), temporaryFolder: join(folder, 'spill') })
const file = { path: 'reference.parquet', absolute: join(folder, 'reference.parquet'), oid: '' }
const profile = await profileTable(engine, await openDataset(engine, { name: 'reference', files: [file] }))
await engine.close()
writeFileSync(join(folder, 'profile.json'), JSON.stringify(profile))
console.log(`${rows.toLocaleString('en')} rows, 50 columns; the profile has ${JSON.stringify(profile).length} bytes`)

const monitor = (reference, tests) => [
  ...[here('../packages/cli/bin/mlwright.js'), 'monitor', '--working-directory', folder],
  ...['--reference', reference, '--current', 'current.parquet', '--tests', tests],
]
const ours = {
  'both tables, 256 bins': measure(
    'mlwright, both tables, 256 bins',
    process.execPath,
    monitor('reference.parquet', 'auto'),
  ),
  'stored profile': measure('mlwright, stored profile', process.execPath, monitor('profile.json', 'auto')),
  'exact KS and Wasserstein': measure(
    'mlwright, exact KS and Wasserstein',
    process.execPath,
    monitor('reference.parquet', 'exact'),
  ),
}
const names = { evidently: 'Evidently 0.7.23, DataDriftPreset', nannyml: 'NannyML 0.13.1, univariate Jensen-Shannon' }
for (const peer of peers) {
  const theirs = measure(names[peer], python, [
    ...[here('drift-peers.py'), peer, join(folder, 'reference.parquet'), join(folder, 'current.parquet')],
  ])
  if (theirs === null) continue
  for (const [method, mine] of Object.entries(ours))
    if (mine) console.log(`  ${method}: 1/${(theirs.cpu / mine.cpu).toFixed(1)} of its CPU time`)
}
rmSync(folder, { recursive: true, force: true })
