import { MemoryFiles } from '@mlwright/action'
import { describe, expect, it } from 'vitest'
import { classifiedColumns } from '../../actions/common/classified-columns.ts'

const contract = (properties: string) =>
  `apiVersion: v3.1.0\nkind: DataContract\nid: c\nversion: 1.0.0\nstatus: active\nschema:\n  - name: customers\n    properties:\n${properties}`

const files = new MemoryFiles({
  'mlwright.yml': `version: 1
project: { name: shop }
datasets:
  customers: { source: customers.csv, contract: customers.odcs.yaml }
  visits: { source: visits.csv, contract: visits.odcs.yaml }
  plain: { source: plain.csv }
models:
  churn: { dataset: customers, task: classification, target: left, train: { algorithm: majority } }
  traffic: { dataset: visits, task: regression, target: visits, train: { algorithm: majority } }
  other: { dataset: plain, task: regression, target: y, train: { algorithm: majority } }
`,
  'customers.odcs.yaml': contract(
    '      - { name: email, logicalType: string, classification: Restricted }\n      - { name: plan, logicalType: string, classification: public }\n      - { name: income, logicalType: number, classification: confidential }\n      - { name: age, logicalType: integer }\n',
  ),
  'visits.odcs.yaml': contract('      - { name: address, logicalType: string, classification: restricted }\n').replace(
    'name: customers',
    'name: visits',
  ),
})

describe('columns that a log must not hold', () => {
  it("are those that the contract of the model's data calls confidential or restricted", async () => {
    expect(await classifiedColumns(files, 'churn')).toEqual(['email', 'income'])
    expect(await classifiedColumns(files, 'traffic')).toEqual(['address'])
    expect(await classifiedColumns(files, 'other')).toEqual([])
  })

  it('are those of all models where nobody knows which one is served', async () => {
    expect(await classifiedColumns(files, 'model')).toEqual(['email', 'income', 'address'])
  })

  it('are none where there is no configuration', async () => {
    expect(await classifiedColumns(new MemoryFiles({}), 'churn')).toEqual([])
  })
})
