import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseContract } from '@mlwright/data'
import { RequestRules } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { memorySource, serve, telco } from './fixture.ts'

const path = fileURLToPath(new URL('../../examples/telco-churn/contracts/customers.odcs.yaml', import.meta.url))

const column = (name: string, text: string) => `      - { name: ${name}, ${text} }\n`
const contract = (properties: string) =>
  parseContract(
    `apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nschema:\n  - name: rows\n    properties:\n${properties}`,
    'contract.yaml',
  ).request

const withRules = (file: Uint8Array, rules: RequestRules) => ({
  source: { ...memorySource({ v1: file }), rules: async () => rules },
})

/** Answers with its two inputs; `x` is a float32 number, `t` text. */
const echo = model({
  nodes: [node('Identity', ['x'], ['y']), node('Identity', ['t'], ['u'])],
  inputs: [tensorType('x', 1, ['N', 1]), tensorType('t', 8, ['N', 1])],
  outputs: [tensorType('y', 1, ['N', 1]), tensorType('u', 8, ['N', 1])],
})

const strict = contract(
  column(
    'x',
    'logicalType: number, required: true, logicalTypeOptions: { minimum: 0.1, exclusiveMaximum: 5, multipleOf: 0.1 }',
  ) +
    column('t', 'logicalType: string, logicalTypeOptions: { minLength: 2, maxLength: 30, pattern: "^(a+)+b?$" }') +
    column('z', 'logicalType: string, unique: true'),
)

describe('requests under a contract', () => {
  it('are answered where they keep it', async () => {
    const { send } = await serve({}, withRules(echo, strict))
    for (const [x, t] of [
      [0.1, 'aa'],
      [0.3, 'aab'],
      [4.9, null],
    ])
      expect((await send('POST', '/predict', { x, t })).status).toBe(200)
  })

  it.each([
    [{ x: 0.05, t: 'aa' }, 'Row 0: the column x is 0.05; by the contract it has to be at least 0.1.'],
    [{ x: 5, t: 'aa' }, 'Row 0: the column x is 5; by the contract it has to be below 5.'],
    [{ x: 0.25, t: 'aa' }, 'Row 0: the column x is 0.25; by the contract it has to be a multiple of 0.1.'],
    [{ x: null, t: 'aa' }, 'Row 0: the column x is missing, and the contract requires it.'],
    [{ x: 1, t: 'a' }, 'Row 0: the column t is "a"; by the contract it has to be at least 2 characters long.'],
    [{ x: 1, t: 'ac' }, 'Row 0: the column t is "ac"; by the contract it has to be text that matches ^(a+)+b?$.'],
    [
      [
        { x: 1, t: 'aa' },
        { x: 1, t: 'b'.repeat(31) },
      ],
      /^Row 1: the column t is "b+"; .* at most 30 characters long\.$/,
    ],
  ])('are refused: %j', async (body, sentence) => {
    const { send } = await serve({}, withRules(echo, strict))
    const { status, json } = await send('POST', '/predict', body)
    expect(status).toBe(400)
    expect(json.error).toMatch(sentence)
  })

  it('are held to it in every protocol, up to what a float32 can hold', async () => {
    const { send } = await serve({}, withRules(echo, strict))
    const tensor = (x: number) => ({
      inputs: [
        { name: 'x', datatype: 'FP32', shape: [1, 1], data: [x] },
        { name: 't', datatype: 'BYTES', shape: [1, 1], data: ['aa'] },
      ],
    })
    expect((await send('POST', '/v2/models/churn/infer', tensor(Math.fround(0.1)))).status).toBe(200)
    expect((await send('POST', '/v2/models/churn/infer', tensor(7))).json.error).toContain('the column x is 7')
    const records = { dataframe_records: [{ x: 7, t: 'aa' }] }
    expect((await send('POST', '/invocations', records)).json.error).toContain('the column x is 7')
  })

  it('cannot keep the server busy with a text that a pattern goes back over again and again', async () => {
    const { send } = await serve({}, withRules(echo, strict))
    expect((await send('POST', '/predict', { x: 1, t: `${'a'.repeat(28)}!` })).status).toBe(400)
  })

  it('are told at the start which rules need SQL or other rows', async () => {
    const { notes } = await serve({}, withRules(echo, strict))
    expect(notes[0]).toBe(
      'Requests of churn v1 are held to the contract, but for what needs SQL or other rows: unique of z.',
    )
  })

  it('have its limits in the OpenAPI document', async () => {
    const { send } = await serve({}, withRules(echo, strict))
    const { json } = await send('GET', '/openapi.json')
    const { properties } = json.components.schemas.Row
    expect(properties.x).toMatchObject({ type: ['number'], minimum: 0.1, exclusiveMaximum: 5, multipleOf: 0.1 })
    expect(properties.t).toMatchObject({ maxLength: 30 })
  })

  it('of the telco example name the column', async () => {
    const { model: file, row } = await telco()
    const rules = parseContract(readFileSync(path, 'utf8'), path).request
    expect(RequestRules.parse(JSON.parse(JSON.stringify(rules)))).toEqual(rules)
    const { send } = await serve({}, withRules(file, rules))
    expect(
      (
        await send(
          'POST',
          '/predict',
          Array.from({ length: 500 }, (_, at) => row(at)),
        )
      ).status,
    ).toBe(200)
    expect((await send('POST', '/predict', { ...row(3), tenure: 121 })).json.error).toBe(
      'Row 0: the column tenure is 121; by the contract it has to be at most 120.',
    )
    expect((await send('POST', '/predict', { ...row(3), contract: 'Weekly' })).json.error).toBe(
      'Row 0: the column contract is "Weekly"; by the contract it has to be one of Month-to-month, One year, Two year.',
    )
  })
})
