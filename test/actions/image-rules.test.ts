import { MemoryFiles } from '@mlwright/action'
import { recordText } from '@mlwright/tracking'
import { expect, test } from 'vitest'
import { imageRules } from '../../actions/package/image-rules.ts'
import { run } from '../report/fixtures.ts'
import { configText } from './races/world.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const object = (name: string, most: number) =>
  `  - name: ${name}\n    properties:\n      - { name: tenure, logicalType: number, logicalTypeOptions: { maximum: ${most} } }\n`
const contract = (objects: string) =>
  `apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n${objects}`
const files = new MemoryFiles({
  'mlwright.yml': configText.replace('telco.csv }', 'telco.csv, contract: a.yaml }'),
  'a.yaml': contract(object('customers', 1) + object('orders', 2)),
  'b.yaml': contract(object('others', 3)),
})
const most = async (
  inputs: { contract?: string },
  model = 'churn',
  released: Parameters<typeof imageRules>[4] = null,
) => (await imageRules({ config: 'mlwright.yml', ...inputs }, { files }, files, model, released))?.columns[0]?.maximum

test('an image has the rules of the contract that its model’s data have, or of the one that is named', async () => {
  expect(await most({})).toBe(1)
  expect(await most({ contract: 'b.yaml' })).toBe(3)
  expect(await most({ contract: 'none' })).toBeUndefined()
  expect(await most({}, 'another')).toBeUndefined()
  await expect(most({ contract: 'c.yaml' })).rejects.toThrow('There is no file of the contract at c.yaml')
})

test('an image of a release has those of its contract, of which the run says which table is meant', async () => {
  const released = {
    contract: bytes(contract(object('orders', 4) + object('customers', 5))),
    run: bytes(recordText({ ...run, dataset: { ...run.dataset, name: 'customers' } })),
  }
  expect(await most({}, 'churn', released)).toBe(5)
  expect(await most({ contract: 'none' }, 'churn', released)).toBeUndefined()
  expect(await most({}, 'churn', { ...released, contract: null })).toBeUndefined()
})
