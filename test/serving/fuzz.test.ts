import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve } from './fixture.ts'

const echo = model({
  nodes: [node('Identity', ['x'], ['y']), node('Identity', ['text'], ['said']), node('Identity', ['n'], ['m'])],
  inputs: [tensorType('x', 1, ['N', 2]), tensorType('text', 8, ['N', 1]), tensorType('n', 7, ['N', 1])],
  outputs: [tensorType('y', 1, ['N', 2]), tensorType('said', 8, ['N', 1]), tensorType('m', 7, ['N', 1])],
})

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const pick = <T>(random: () => number, items: readonly T[]): T => items[Math.floor(random() * items.length)]!

const infer = {
  id: 'a',
  inputs: [
    { name: 'x', shape: [1, 2], datatype: 'FP32', data: [1, 2] },
    { name: 'text', shape: [1, 1], datatype: 'BYTES', data: ['a'] },
    { name: 'n', shape: [1, 1], datatype: 'INT64', data: [5] },
  ],
  outputs: [{ name: 'y', parameters: { binary_data: false } }],
}
const row = { x: [1, 2], text: 'a', n: 5 }
const seeds: readonly (readonly [string, unknown])[] = [
  ['/v2/models/churn/infer', infer],
  ['/predict', row],
  ['/predict', [row, row]],
  ['/invocations', { dataframe_split: { columns: ['x', 'text', 'n'], data: [[[1, 2], 'a', 5]] } }],
  ['/invocations', { dataframe_records: [row] }],
  ['/invocations', { instances: [row] }],
  ['/invocations', { inputs: { x: [[1, 2]], text: ['a'], n: [5] } }],
  ['/feedback', { request_id: 'a', label: 'Yes' }],
]
const values = [
  null,
  true,
  -1,
  0,
  1e308,
  1.5,
  2 ** 53,
  '',
  'a',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { length: 1e9 },
  [1e9, 1e9],
  'x'.repeat(5000),
]

/** The value with one place of it changed, removed, doubled or nested. */
function mutate(value: unknown, random: () => number): unknown {
  if (random() < 0.25 || typeof value !== 'object' || value === null) return pick(random, values)
  if (Array.isArray(value)) {
    const at = Math.floor(random() * (value.length + 1))
    const choice = random()
    if (choice < 0.2) return [...value, ...value]
    if (choice < 0.4) return value.filter((_, index) => index !== at)
    if (choice < 0.5) return [value]
    return value.map((item, index) => (index === at ? mutate(item, random) : item))
  }
  const entries = Object.entries(value)
  const at = Math.floor(random() * entries.length)
  const choice = random()
  if (choice < 0.15) return Object.fromEntries(entries.filter((_, index) => index !== at))
  if (choice < 0.25)
    return Object.fromEntries([
      ...entries,
      [pick(random, ['x', 'parameters', '__proto__', 'shape']), pick(random, values)],
    ])
  return Object.fromEntries(entries.map(([name, item], index) => [name, index === at ? mutate(item, random) : item]))
}

describe('fuzzed requests', () => {
  it('get an answer or a sentence, never a crash', async () => {
    const { url, send, notes } = await serve({ v1: echo })
    const random = seeded(20260511)
    const statuses = new Map<number, number>()
    for (let round = 0; round < 3000; round++) {
      const [path, seed] = pick(random, seeds)
      let body: unknown = seed
      for (let times = 0; times <= random() * 3; times++) body = mutate(body, random)
      let bytes = Buffer.from(JSON.stringify(body) ?? '')
      if (random() < 0.1) bytes = bytes.subarray(0, Math.floor(random() * bytes.length))
      if (random() < 0.1 && bytes.length > 0) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
      const headers: Record<string, string> = {}
      if (random() < 0.1)
        headers['Content-Type'] = pick(random, [
          'text/csv',
          'application/json; charset=utf-8',
          'text/html',
          'application/octet-stream',
        ])
      if (random() < 0.1)
        headers['Inference-Header-Content-Length'] = pick(random, ['0', '-1', '5', String(bytes.length), '1e9', 'x'])
      if (random() < 0.05) headers['Content-Encoding'] = pick(random, ['gzip', 'deflate', 'br', 'identity', 'zstd'])
      if (random() < 0.05) headers['X-Model-Variant'] = pick(random, ['v1', 'champion', '', '__proto__', 'v2'])
      if (random() < 0.05) headers['X-Request-Id'] = pick(random, ['a b', 'x'.repeat(500), 'ok'])
      const response = await fetch(url + path, { method: 'POST', body: bytes, headers })
      const text = await response.text()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
      const isAnswer = response.status === 200 || response.status === 202
      if (isAnswer) continue
      if (response.status >= 500) throw new Error(`${response.status} ${path} ${bytes.toString()} ${text}`)
      expect(JSON.parse(text)).toEqual({ error: expect.stringMatching(/\S[.?]$/) })
    }
    expect(notes).toEqual([])
    expect((await send('POST', '/predict', row)).json.prediction).toMatchObject({ said: 'a', m: 5 })
    expect(statuses.get(200)).toBeGreaterThan(50)
    expect(statuses.get(400)).toBeGreaterThan(1000)
  }, 120_000)

  it('that are nested without end are shown as a list or an object', async () => {
    const { send, notes } = await serve({ v1: echo })
    const deep = (start: string, end: string) => start.repeat(100_000) + end.repeat(100_000)
    const values = [
      deep('[', ']'),
      deep('{"a":', '}').replace(':}', ':1}'),
      '{"toString":1}',
      JSON.stringify('x'.repeat(1e6)),
    ]
    const places: readonly (readonly [string, unknown])[] = [
      ['/predict', { ...row, text: '@' }],
      ['/predict', { ...row, n: '@' }],
      ['/invocations', { dataframe_split: { columns: ['x', '@'], data: [[1, 1]] } }],
      ...(['name', 'datatype', 'shape', 'data'] as const).map((field) => {
        const [first, ...others] = infer.inputs
        return ['/v2/models/churn/infer', { inputs: [{ ...first, [field]: '@' }, ...others] }] as const
      }),
      ['/v2/models/churn/infer', { inputs: [{ ...infer.inputs[0], shape: ['@', 2] }] }],
      ['/v2/models/churn/infer', { inputs: [{ ...infer.inputs[0], parameters: { binary_data_size: '@' } }] }],
      ['/v2/models/churn/infer', { ...infer, outputs: [{ name: '@' }] }],
    ]
    for (const value of values)
      for (const [path, body] of places) {
        const { status, json } = await send(
          'POST',
          path,
          JSON.stringify(body).replace('"@"', () => value),
        )
        if (status === 200) continue
        expect([status, json.error]).toEqual([400, expect.stringMatching(/^.{1,300}[.?]$/)])
      }
    expect(notes).toEqual([])
  })

  it('as tensors of bytes get an answer or a sentence', async () => {
    const { url, notes } = await serve({ v1: echo })
    const random = seeded(7)
    for (let round = 0; round < 500; round++) {
      const size = () => pick(random, [0, 1, 4, 5, 8, 16, 2 ** 31, -1, 1.5])
      const request = Buffer.from(
        JSON.stringify({
          inputs: infer.inputs.map(({ data: _, ...rest }) => ({ ...rest, parameters: { binary_data_size: size() } })),
        }),
      )
      const bytes = Buffer.from(Array.from({ length: Math.floor(random() * 40) }, () => Math.floor(random() * 4)))
      const headers = { 'Inference-Header-Content-Length': String(request.length) }
      const response = await fetch(`${url}/v2/models/churn/infer`, {
        method: 'POST',
        headers,
        body: Buffer.concat([request, bytes]),
      })
      if (response.status !== 200)
        expect([response.status, await response.json()]).toEqual([400, { error: expect.any(String) }])
    }
    expect(notes).toEqual([])
  }, 60_000)

  it('that are no HTTP do not harm', async () => {
    const { port, send } = await serve({ v1: echo })
    const random = seeded(11)
    const starts = [
      'GET / HTTP/1.1\r\n',
      'POST /predict HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      'POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n',
      '\u0016\u0003\u0001',
    ]
    for (let round = 0; round < 100; round++)
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(pick(random, starts))
          socket.end(Buffer.from(Array.from({ length: 200 }, () => Math.floor(random() * 256))))
        })
        socket.on('error', () => {})
        socket.on('close', () => resolve())
        socket.resume()
      })
    expect((await send('POST', '/predict', row)).status).toBe(200)
  })
})
