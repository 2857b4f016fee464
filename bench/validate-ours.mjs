// One validation as an action does it, in a process of its own: node validate-ours.mjs DATA CONTRACT
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataset, parseContract, validate } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'

const [, , absolute, contractPath] = process.argv
const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
  ...(process.env.MEGABYTES && { megabytes: Number(process.env.MEGABYTES) }),
  ...(process.env.THREADS && { threads: Number(process.env.THREADS) }),
})
const contract = parseContract(readFileSync(contractPath, 'utf8'), contractPath)
const files = [{ path: 'rows.parquet', absolute, oid: '0' }]
const opened = await openDataset(engine, { name: 'rows', files, types: contract.types })
const report = await validate(engine, opened, contract, { showValues: false })
await engine.close()
console.log(
  `${report.verdict}: ${report.rows} rows, ${contract.rules.length} rules, ${report.findings.length} findings`,
)
if (report.findings.length > 0) console.log(report.findings.map((finding) => finding.message).join('\n'))
