import { version } from '@mlwright/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, telco } from './fixture.ts'

/** A model that answers its input: element type by ONNX number, per row two values. */
const echo = (type: number, ...shape: (number | string)[]) =>
  model({
    nodes: [node('Identity', ['x'], ['y'])],
    inputs: [tensorType('x', type, shape.length > 0 ? shape : ['N', 2])],
    outputs: [tensorType('y', type, shape.length > 0 ? shape : ['N', 2])],
  })

/** Answers each row minus the mean of all rows, so that rows cannot be joined. */
const centred = model({
  nodes: [node('ReduceMean', ['x'], ['mean']), node('Sub', ['x', 'mean'], ['y'])],
  inputs: [tensorType('x', 1, ['N', 1])],
  outputs: [tensorType('y', 1, ['N', 1])],
})

let churn: Awaited<ReturnType<typeof telco>>
beforeAll(async () => {
  churn = await telco()
})

const infer = (datatype: string, data: unknown, shape: number[], more: object = {}) => ({
  inputs: [{ name: 'x', shape, datatype, data }],
  ...more,
})

describe('metadata and health', () => {
  it('has the addresses and bodies of the protocol', async () => {
    const { send } = await serve({ v1: churn.model })
    const json = async (path: string) => (await send('GET', path)).json
    expect(await json('/v2')).toEqual({ name: 'mlwright', version, extensions: ['binary_tensor_data'] })
    expect(await json('/v2/health/live')).toEqual({ live: true, ready: true })
    expect(await json('/v2/health/ready')).toEqual({ live: true, ready: true })
    expect(await json('/v2/models/churn/ready')).toEqual({ name: 'churn', ready: true })
    expect(await json('/v2/models/churn/versions/v1/ready')).toEqual({ name: 'churn', ready: true })
    expect(await json('/v2/models/churn')).toMatchObject({
      name: 'churn',
      versions: ['v1'],
      platform: 'onnx_onnxv1',
      inputs: expect.arrayContaining([{ name: 'contract', datatype: 'BYTES', shape: [-1, 1] }]),
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [-1] },
        { name: 'probabilities', datatype: 'FP32', shape: [-1, 2] },
      ],
    })
    expect(await json('/ping')).toBeNull()
    expect((await send('GET', '/version')).text).toBe(version)
  })

  it('answers what is not there with 404 and what is not allowed with 405, each with a sentence', async () => {
    const { send } = await serve({ v1: churn.model })
    expect(await send('GET', '/v2/models/chrn')).toMatchObject({
      status: 404,
      json: { error: 'There is no model chrn here; churn is served.' },
    })
    expect((await send('POST', '/v2/models/churn/versions/v9/infer', { inputs: [] })).status).toBe(400)
    expect((await send('GET', '/v2/models/churn/versions/v9')).status).toBe(404)
    const wrong = await send('GET', '/predict')
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await send('GET', '/nowhere')).json.error).toContain('/docs')
    expect((await send('GET', '/v2/models/%ff')).status).toBe(400)
  })
})

describe('infer', () => {
  it('echoes the id, names model and version, and answers the outputs that are asked for', async () => {
    const { send } = await serve({ v7: echo(1) })
    const { json } = await send(
      'POST',
      '/v2/models/churn/infer',
      infer(
        'FP32',
        [
          [1.5, 2],
          [3, 4],
        ],
        [2, 2],
        { id: 'a1' },
      ),
    )
    expect(json).toEqual({
      model_name: 'churn',
      model_version: 'v7',
      id: 'a1',
      outputs: [{ name: 'y', shape: [2, 2], datatype: 'FP32', data: [1.5, 2, 3, 4] }],
    })
    expect(
      (await send('POST', '/v2/models/churn/infer', infer('FP32', [1, 2], [1, 2], { outputs: [{ name: 'z' }] }))).json,
    ).toEqual({ error: 'The model has no output "z"; it has y.' })
  })

  // Numbers of TensorProto.DataType in onnx.proto3.
  it.each([
    ['FP32', 1, [0.5, -0]],
    ['UINT8', 2, [0, 255]],
    ['INT8', 3, [-128, 127]],
    ['UINT16', 4, [0, 65535]],
    ['INT16', 5, [-32768, 32767]],
    ['INT32', 6, [-2147483648, 2147483647]],
    ['INT64', 7, [-5, 9007199254740991]],
    ['BYTES', 8, ['', 'h\u00e9\u{1F600}']],
    ['BOOL', 9, [true, false]],
    ['FP16', 10, [65504, 2 ** -24]],
    ['FP64', 11, [0.1, 1e300]],
    ['UINT32', 12, [0, 4294967295]],
    ['UINT64', 13, [0, 5]],
  ] as const)('takes and gives %s as JSON and as bytes', async (datatype, type, values) => {
    const { send, url } = await serve({ v1: echo(type) })
    const { json } = await send('POST', '/v2/models/churn/infer', infer(datatype, values, [1, 2]))
    expect(json.outputs[0]).toEqual({ name: 'y', shape: [1, 2], datatype, data: values.map((v) => (v === 0 ? 0 : v)) })

    const asBytes = await fetch(`${url}/v2/models/churn/infer`, {
      method: 'POST',
      body: JSON.stringify(infer(datatype, values, [1, 2], { parameters: { binary_data_output: true } })),
    })
    const length = Number(asBytes.headers.get('inference-header-content-length'))
    const whole = Buffer.from(await asBytes.arrayBuffer())
    const bytes = whole.subarray(length)
    expect(asBytes.headers.get('content-type')).toBe('application/octet-stream')
    const head = JSON.parse(whole.subarray(0, length).toString())
    expect(head.outputs[0].parameters).toEqual({ binary_data_size: bytes.length })

    const request = Buffer.from(
      JSON.stringify({
        inputs: [{ name: 'x', shape: [1, 2], datatype, parameters: { binary_data_size: bytes.length } }],
      }),
    )
    const back = await fetch(`${url}/v2/models/churn/infer`, {
      method: 'POST',
      headers: { 'Inference-Header-Content-Length': String(request.length) },
      body: Buffer.concat([request, bytes]),
    })
    expect(await back.json()).toEqual(json)
  })

  it('keeps all digits of 64-bit integers that are sent as text', async () => {
    const { send } = await serve({ v1: echo(13) })
    const { text } = await send(
      'POST',
      '/v2/models/churn/infer',
      infer('UINT64', ['18446744073709551615', '1'], [1, 2]),
    )
    expect(text).toContain('"data":[18446744073709551615,1]')
  })

  it('takes null for a missing float and gives null for one that JSON cannot write', async () => {
    const { send } = await serve({ v1: echo(1) })
    const { json } = await send('POST', '/v2/models/churn/infer', infer('FP32', [null, 'Infinity'], [1, 2]))
    expect(json.outputs[0].data).toEqual([null, null])
  })

  it.each([
    [{}, '`inputs` is missing; it has to be a list of tensors.'],
    [[], 'The request has to be a JSON object with `inputs`.'],
    [{ inputs: [] }, 'The input x is missing.'],
    [{ inputs: [3] }, 'inputs[0] has to be an object with name, shape, datatype and data.'],
    [
      { inputs: [{ name: 'X1', shape: [1, 2], datatype: 'FP32', data: [1, 2] }] },
      'The model has no input "X1"; did you mean x?',
    ],
    [infer('FP64', [1, 2], [1, 2]), 'The input x is "FP64", and the model takes FP32.'],
    [infer('FP32', [1, 2], [1, 3]), 'The input x: its shape is [1,3], and the model takes [-1,2].'],
    [infer('FP32', [1, 2], [-1, 2]), 'The input x: its shape holds -1, which is no length.'],
    [infer('FP32', [1, 2, 3], [1, 2]), 'The input x: it has 3 elements, and its shape [1,2] asks for 2.'],
    [infer('FP32', [1, 'b'], [1, 2]), 'The input x: element 1 is "b", which is no FP32.'],
    [
      { inputs: [...infer('FP32', [1, 2], [1, 2]).inputs, ...infer('FP32', [1, 2], [1, 2]).inputs] },
      'The input x is given twice.',
    ],
    [infer('FP32', [1, 2], [1, 2], { id: 5 }), '`id` has to be text.'],
    [infer('FP32', [1, 2], [1, 2], { parameters: [] }), 'The request: `parameters` has to be an object.'],
  ])('refuses %j with 400 and one sentence', async (body, error) => {
    const { send } = await serve({ v1: echo(1) })
    const { status, json, headers } = await send('POST', '/v2/models/churn/infer', body)
    expect([status, json, headers.get('content-type')]).toEqual([400, { error }, 'application/json'])
  })

  it('refuses bytes that do not fit their shape', async () => {
    const { send } = await serve({ v1: echo(8) })
    const post = (size: number, bytes: Buffer, header?: string) => {
      const head = Buffer.from(
        JSON.stringify({
          inputs: [{ name: 'x', shape: [1, 2], datatype: 'BYTES', parameters: { binary_data_size: size } }],
        }),
      )
      return send('POST', '/v2/models/churn/infer', Buffer.concat([head, bytes]), {
        'Inference-Header-Content-Length': header ?? String(head.length),
      })
    }
    const text = Buffer.from([1, 0, 0, 0, 65, 1, 0, 0, 0, 66])
    expect((await post(10, text)).json.outputs[0].data).toEqual(['A', 'B'])
    expect((await post(5, text.subarray(0, 5))).json.error).toContain('hold 1 elements, and its shape asks for 2')
    expect((await post(9, text.subarray(0, 9))).json.error).toContain(
      'element 1 is longer than the bytes that are left',
    )
    expect((await post(7, text.subarray(0, 7))).json.error).toContain('end inside the length of element 1')
    expect((await post(10, Buffer.from([1, 0, 0, 0, 0xff, 1, 0, 0, 0, 66]))).json.error).toContain('not UTF-8')
    expect((await post(10, Buffer.concat([text, text]))).json.error).toContain('10 bytes stand behind the last tensor')
    expect((await post(99, text)).json.error).toContain('binary_data_size is 99, and 10 bytes are left')
    expect((await post(10, text, '99999')).json.error).toContain('Inference-Header-Content-Length is 99999')
    expect((await post(10, text, '1e3')).status).toBe(400)
  })

  it('takes gzip and deflate, and says 415 to other encodings', async () => {
    const { gzipSync, deflateSync } = await import('node:zlib')
    const { send } = await serve({ v1: echo(1) }, { bodyLimit: 10_000 })
    const body = Buffer.from(JSON.stringify(infer('FP32', [1, 2], [1, 2])))
    const post = (bytes: Buffer, encoding: string) =>
      send('POST', '/v2/models/churn/infer', bytes, { 'Content-Encoding': encoding })
    expect((await post(gzipSync(body), 'gzip')).status).toBe(200)
    expect((await post(deflateSync(body), 'deflate')).status).toBe(200)
    expect((await post(body, 'zstd')).status).toBe(415)
    expect((await post(body, 'gzip')).json.error).toBe('The body is not gzip data.')
    expect((await post(gzipSync(Buffer.alloc(1_000_000)), 'gzip')).status).toBe(413)
    expect((await post(Buffer.alloc(20_000), 'identity')).status).toBe(413)
  })
})

describe('batches', () => {
  it('join rows of a model that answers row by row, and give each caller its own', async () => {
    const { send, traffic } = await serve({ v1: echo(1) })
    expect(traffic.champion.batching).toBe(true)
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, k) => {
        const rows = 1 + (k % 3)
        const data = Array.from({ length: 2 * rows }, (_, at) => k * 10 + at)
        return send('POST', '/v2/models/churn/infer', infer('FP32', data, [rows, 2])).then(({ json }) => [
          json.outputs[0].data,
          data,
        ])
      }),
    )
    for (const [answered, sent] of answers) expect(answered).toEqual(sent)
    const metrics = (await send('GET', '/metrics')).text
    const count = Number(/mlwright_batch_rows_count\{version="v1"\} (\d+)/.exec(metrics)?.[1])
    expect(count).toBeLessThan(200)
  })

  it('never join requests to a model that looks across its rows', async () => {
    const { send, traffic } = await serve({ v1: centred })
    expect(traffic.champion.batching).toBe(false)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, k) =>
        send('POST', '/v2/models/churn/infer', infer('FP32', [k, k + 2], [2, 1])).then(
          ({ json }) => json.outputs[0].data,
        ),
      ),
    )
    for (const answer of answers) expect(answer).toEqual([-1, 1])
  })

  it('serve a model whose shape is fixed', async () => {
    const { send, traffic } = await serve({ v1: echo(1, 1, 4) })
    expect(traffic.champion.batching).toBe(false)
    expect(
      (await send('POST', '/v2/models/churn/infer', infer('FP32', [1, 2, 3, 4], [1, 4]))).json.outputs[0].data,
    ).toEqual([1, 2, 3, 4])
    expect((await send('POST', '/v2/models/churn/infer', infer('FP32', [1, 2, 3, 4], [2, 2]))).status).toBe(400)
  })

  it('serve a model that does not say how many dimensions it takes', async () => {
    const file = model({
      nodes: [node('Identity', ['x'], ['y'])],
      inputs: [tensorType('x', 1, null)],
      outputs: [tensorType('y', 1, null)],
    })
    const { send } = await serve({ v1: file })
    const { json } = await send('POST', '/v2/models/churn/infer', infer('FP32', [1, 2, 3, 4], [2, 1, 2]))
    expect(json.outputs).toEqual([{ name: 'y', datatype: 'FP32', shape: [2, 1, 2], data: [1, 2, 3, 4] }])
  })

  it('say what onnxruntime says of inputs that it refuses', async () => {
    const { send } = await serve({ v1: echo(1, 2, 1) })
    const { status, json } = await send('POST', '/predict', { x: 1 })
    expect(status).toBe(400)
    expect(json.error).toMatch(/Got invalid dimensions for input: x .* Got: 1 Expected: 2 .*\.$/)
  })
})
