import { beforeAll, describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, telco } from './fixture.ts'

let churn: Awaited<ReturnType<typeof telco>>
beforeAll(async () => {
  churn = await telco()
})

const matrix = model({
  nodes: [node('Identity', ['x'], ['y'])],
  inputs: [tensorType('x', 1, ['N', 3])],
  outputs: [tensorType('y', 1, ['N', 3])],
})
const single = model({
  nodes: [node('Identity', ['x'], ['y'])],
  inputs: [tensorType('x', 1, ['N', 1])],
  outputs: [tensorType('y', 1, ['N', 1])],
})

describe('POST /invocations', () => {
  it('answers the same for every form of the same rows', async () => {
    const { send } = await serve({ v1: churn.model })
    const rows = [churn.row(3), churn.row(926)]
    const names = Object.keys(rows[0]!)
    const columns = names.map((name) => rows.map((row) => row[name]))
    const post = async (body: unknown) => (await send('POST', '/invocations', body)).json.predictions
    const records = await post({ dataframe_records: rows })
    expect(records).toEqual([
      { label: expect.any(String), probabilities: [expect.any(Number), expect.any(Number)] },
      { label: expect.any(String), probabilities: [expect.any(Number), expect.any(Number)] },
    ])
    const split = { columns: names, data: rows.map((row) => Object.values(row)), index: [0, 1] }
    expect(await post({ dataframe_split: split })).toEqual(records)

    // mlflow 3.17: a model with named tensors answers `inputs` and `instances` by output.
    const byOutput = {
      label: records.map(({ label }: { label: string }) => label),
      probabilities: records.map(({ probabilities }: { probabilities: number[] }) => probabilities),
    }
    expect(await post({ instances: rows })).toEqual(byOutput)
    expect(await post({ inputs: Object.fromEntries(names.map((name, at) => [name, columns[at]])) })).toEqual(byOutput)
    expect(await post({ instances: rows.map((row) => Object.values(row)) })).toEqual(byOutput)

    const field = (value: unknown) => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`)
    const csv = [names.join(','), ...rows.map((row) => Object.values(row).map(field).join(','))].join('\r\n')
    const answer = await send('POST', '/invocations', `${csv}\r\n`, { 'Content-Type': 'text/csv; charset=utf-8' })
    expect(answer.json.predictions).toEqual(records)
  })

  it('takes tensors without names for models that are not ours', async () => {
    const three = await serve({ v1: matrix })
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    const post = async (body: unknown) => (await three.send('POST', '/invocations', body)).json.predictions
    expect(await post({ inputs: rows })).toEqual({ y: rows })
    expect(await post({ instances: rows })).toEqual({ y: rows })
    expect(await post({ inputs: { x: rows } })).toEqual({ y: rows })
    expect(await post({ dataframe_records: [{ x: [1, 2, 3] }] })).toEqual([[1, 2, 3]])
    const one = await serve({ v1: single })
    expect((await one.send('POST', '/invocations', { inputs: [1, 2] })).json).toEqual({
      predictions: { y: [[1], [2]] },
    })
  })

  it.each([
    [[], 'The body has to be a JSON object with one of dataframe_split, dataframe_records, instances, inputs.'],
    [{}, 'The body has to have exactly one of dataframe_split, dataframe_records, instances, inputs; it has none.'],
    [
      { inputs: [], instances: [] },
      'The body has to have exactly one of dataframe_split, dataframe_records, instances, inputs; it has instances and inputs.',
    ],
    [{ dataframe_split: { data: [] } }, '`dataframe_split` has to be an object with `columns` and `data`.'],
    [
      { dataframe_split: { columns: ['a'], data: [[1, 2]] } },
      '`dataframe_split.data`: row 0 is not a list of 1 values, one per column.',
    ],
    [{ dataframe_records: [5] }, '`dataframe_records`: row 0 is not an object with one value per column.'],
    [{ instances: [] }, '`instances` is empty; send at least one row.'],
    [{ inputs: { x: [1, 2], y: [1] } }, '`inputs`: the column y has 1 values, and x has 2.'],
    [
      {
        inputs: [
          [1, 2],
          [3, 4],
        ],
      },
      'The column x takes a list of shape [3] per row, and 4 numbers were sent for 2 rows.',
    ],
  ])('refuses %j with a sentence', async (body, error) => {
    const { send } = await serve({ v1: matrix })
    const { status, json } = await send('POST', '/invocations', body)
    expect([status, json]).toEqual([400, { error }])
  })

  it('refuses CSV that is none, and types that it does not know', async () => {
    const { send } = await serve({ v1: churn.model })
    const csv = async (text: string) =>
      (await send('POST', '/invocations', text, { 'Content-Type': 'text/csv' })).json.error
    expect(await csv('a,b')).toContain('at least one row')
    expect(await csv('a,b\n1')).toContain('row 0 has 1 fields, and its first line names 2 columns')
    expect(await csv('a,b\n"1,2')).toContain('ends inside a quoted field')
    expect((await send('POST', '/invocations', '<a/>', { 'Content-Type': 'text/xml' })).status).toBe(415)
  })
})
