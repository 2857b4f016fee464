import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDataset, parseContract, validate } from '@mlwright/data'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { afterAll, expect, it } from 'vitest'

const engine = duckDb({
  load: nativeLoader({ own: import.meta.url }),
  temporaryFolder: join(tmpdir(), 'mlwright-spill'),
})
afterAll(() => engine.close())
const example = fileURLToPath(new URL('../../../examples/telco-churn/', import.meta.url))

it('passes the telco-churn example with every rule checked', async () => {
  const path = 'contracts/customers.odcs.yaml'
  const contract = parseContract(await readFile(join(example, path), 'utf8'), path)
  const file = 'data/telco-churn.csv'
  const opened = await openDataset(engine, {
    name: 'customers',
    files: [{ path: file, absolute: join(example, file), oid: '0' }],
    types: contract.types,
  })
  const report = await validate(engine, opened, contract, { showValues: false })
  expect(report.findings).toEqual([])
  expect(report).toMatchObject({ verdict: 'pass', contract: path, failed: 0 })
  expect(contract.primaryKey).toEqual([])
  expect(contract.rules.map(({ rule }) => rule)).toContain('row-count')
})
