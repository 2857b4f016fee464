import { connect } from 'node:net'
import { ApiKeys } from '@mlwright/serving'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { MemorySink, serve, telco } from './fixture.ts'

let churn: Awaited<ReturnType<typeof telco>>
beforeAll(async () => {
  churn = await telco()
})

const key = 'alice-0123456789abcdef'

describe('API keys', () => {
  it('guard predictions and feedback, not health and documentation', async () => {
    const { send } = await serve({ v1: churn.model }, { keys: ApiKeys.parse(`# people\nalice:${key}\n`, 'keys') })
    const refused = await send('POST', '/predict', churn.row(0))
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="mlwright"'])
    expect((await send('POST', '/predict', churn.row(0), { Authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await send('POST', '/predict', churn.row(0), { Authorization: `Bearer ${key}` })).status).toBe(200)
    expect((await send('POST', '/predict', churn.row(0), { 'X-API-Key': key })).status).toBe(200)
    expect((await send('POST', '/feedback', { request_id: 'a', label: 'Yes' })).status).toBe(401)
    for (const path of ['/health', '/v2/health/ready', '/docs', '/openapi.json', '/metrics'])
      expect((await send('GET', path)).status).toBe(200)
  })

  it('may be given as digests, and short ones are refused', () => {
    // sha256sum of alice-0123456789abcdef
    const digest = 'sha256:'
    expect(() => ApiKeys.parse(`bob:${digest}${'a'.repeat(64)}`, 'keys')).not.toThrow()
    expect(() => ApiKeys.parse('bob:short', 'keys')).toThrow('keys:1: a key needs at least 16 characters')
    expect(() => ApiKeys.parse('# nothing\n', 'keys')).toThrow('keys holds no key')
  })
})

describe('the prediction log', () => {
  it('has one line per row with what was sent and answered', async () => {
    const { send, sink, stop } = await serve({ v1: churn.model })
    const one = await send('POST', '/predict', churn.row(7), { 'X-Request-Id': 'order-7' })
    await send('POST', '/predict', [churn.row(8), churn.row(9)])
    await send('POST', '/feedback', { request_id: 'order-7', label: 'No' })
    await stop(0.1)
    const [policy, first, second, third, feedback] = sink.lines
    expect(policy).toMatchObject({ kind: 'policy', by: 'start', to: { champion: 'v1' } })
    expect(first).toEqual({
      request_id: 'order-7',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      model: 'churn',
      version: 'v1',
      inputs: Object.fromEntries(
        Object.entries(churn.row(7)).map(([name, value]) => [
          name,
          typeof value === 'number' ? expect.any(Number) : value,
        ]),
      ),
      prediction: one.json.prediction,
      score: one.json.score,
      latency_ms: expect.any(Number),
    })
    expect([second!.row, third!.row, second!.request_id === third!.request_id]).toEqual([0, 1, true])
    expect(feedback).toMatchObject({ kind: 'feedback', request_id: 'order-7', label: 'No' })
  })

  it('leaves out what is redacted and what is not sampled', async () => {
    const sink = new MemorySink()
    const { send, stop } = await serve({ v1: churn.model }, { log: { sink, sample: 0.3, redact: ['contract'] } })
    for (let k = 0; k < 100; k++) await send('POST', '/predict', churn.row(k), { 'X-Request-Id': `r${k}` })
    await stop(0.1)
    const lines = sink.lines.filter(({ kind }) => kind === undefined)
    // python: [int.from_bytes(hashlib.sha256(f'log r{k}'.encode()).digest()[:4], 'big') / 2**32 < 0.3 for k in range(100)].count(True)
    expect(lines.length).toBe(34)
    expect(lines.every(({ inputs }) => (inputs as { contract: string }).contract === '[redacted]')).toBe(true)
  })

  it('never makes a request wait for a sink that hangs, and counts what it drops', async () => {
    const hanging = { write: () => new Promise<void>(() => {}), close: async () => {} }
    const { send } = await serve({ v1: churn.model }, { log: { sink: hanging } })
    const rows = Array.from({ length: 1000 }, (_, at) => churn.row(at))
    for (let k = 0; k < 25; k++) expect((await send('POST', '/predict', rows)).status).toBe(200)
    const dropped = Number(/mlwright_log_dropped_total (\d+)/.exec((await send('GET', '/metrics')).text)?.[1])
    expect(dropped).toBeGreaterThan(1000)
  })

  it('says once that it cannot be written, and goes on when it can', async () => {
    const sink = new MemorySink()
    let full = true
    const write = (chunk: string) => (full ? Promise.reject(new Error('ENOSPC')) : sink.write(chunk))
    const { send, notes, stop } = await serve({ v1: churn.model }, { log: { sink: { write, close: async () => {} } } })
    const predict = async () => {
      expect((await send('POST', '/predict', churn.row(0))).status).toBe(200)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await predict()
    await predict()
    expect(notes).toEqual(['The prediction log cannot be written, and its lines are dropped: ENOSPC.'])
    expect((await send('GET', '/metrics')).text).toMatch(/mlwright_log_dropped_total [23]\n/)
    full = false
    await predict()
    await stop(0.1)
    expect(sink.lines).toHaveLength(1)
  })
})

describe('limits', () => {
  it.each([
    ['another protocol', 'HELO there\r\n\r\n', 400, 'The request is not HTTP/1.1.'],
    [
      'no host',
      'GET /v2 HTTP/1.1\r\nConnection: close\r\n\r\n',
      400,
      'The request has no header Host, which HTTP/1.1 requires.',
    ],
    [
      'large headers',
      `GET /v2 HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'The headers of the request are too large.',
    ],
    [
      'an expectation',
      'POST /predict HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\nContent-Length: 2\r\n\r\n',
      417,
      'The header Expect may only be 100-continue.',
    ],
  ])('say in a sentence what HTTP does not allow, and close the connection: %s', async (_, request, status, sentence) => {
    const { port } = await serve({ v1: churn.model })
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () => socket.write(request))
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer.startsWith(`HTTP/1.1 ${status} `)).toBe(true)
    expect(JSON.parse(answer.split('\r\n\r\n')[1]!)).toEqual({ error: sentence })
  })
})

describe('a body that is too large', () => {
  it('gets its answer while it is still being sent, and the connection goes on', async () => {
    const { port } = await serve({ v1: churn.model }, { bodyLimit: 1000 })
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => {
      socket.destroy()
    })
    let text = ''
    const said = (status: string) =>
      new Promise<void>((resolve, reject) => {
        socket.on('data', (chunk) => {
          text += chunk
          if (text.includes(status)) resolve()
        })
        socket.once('close', () => reject(new Error(`closed after ${text}`)))
      })
    socket.write('POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n ')
    await said('413 Payload Too Large')
    socket.write(' '.repeat(499_999))
    socket.write('GET /version HTTP/1.1\r\nHost: a\r\n\r\n')
    await said('HTTP/1.1 200 OK')
  })
})

describe('a model that cannot be served', () => {
  it('stops the start with its sentence', async () => {
    await expect(serve({ v1: Buffer.from('no model') })).rejects.toThrow('The model is not an ONNX file')
  })

  it('is one whose version no header can hold', async () => {
    await expect(serve({ 模型: churn.model })).rejects.toThrow('The version 模型 cannot stand in a header')
  })
})
