import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { ApiKeys, type Policy } from '@mlwright/serving'
import { startWorkerOf } from '@mlwright/serving/main'
import { describe, expect, it } from 'vitest'
import { choose } from '../../packages/serving/src/traffic/choose.ts'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve } from './fixture.ts'

/** Answers its number, or with two nodes its opposite. */
const echo = (opposite = false, metadata: Record<string, string> = {}) =>
  model({
    nodes: [node(opposite ? 'Neg' : 'Identity', ['x'], ['y'])],
    inputs: [tensorType('x', 1, ['N', 1])],
    outputs: [tensorType('y', 1, ['N', 1])],
    metadata,
  })
const versions = { v1: echo(), v2: echo(true), v3: echo(true, { n: '3' }) }
const key = 'admin-0123456789abcdef'
const adminKeys = ApiKeys.parse(`carol:${key}`, 'keys')
const admin = { Authorization: `Bearer ${key}` }
const policy = (champion: string, ...challengers: Policy['challengers']): Policy => ({ champion, challengers })

describe('choose', () => {
  const header = (value: string) => (name: string) => (name === 'X-Customer-Id' ? value : undefined)
  const canary = (percent: number) => policy('v1', { version: 'v2', mode: 'canary', percent, key: 'X-Customer-Id' })
  const users = Array.from({ length: 4000 }, (_, k) => `user-${k}`)
  const having = (percent: number) =>
    new Set(users.filter((user) => choose(canary(percent), header(user), 'id').version === 'v2'))

  it('gives a canary its share of the keys, and keeps each key where it is', () => {
    // Binomial(4000, 0.1) stays within 400 +- 80 with probability 1 - 2e-5.
    expect(having(10).size).toBeGreaterThan(320)
    expect(having(10).size).toBeLessThan(480)
    expect(having(10)).toEqual(having(10))
    expect(having(0).size).toBe(0)
    expect(having(100).size).toBe(4000)
  })

  it('keeps everybody who has the canary when its share grows', () => {
    const grown = having(25)
    expect([...having(10)].every((user) => grown.has(user))).toBe(true)
  })

  it('deals two canaries disjoint shares, and draws shadows by themselves', () => {
    const two = policy(
      'v1',
      { version: 'v2', mode: 'canary', percent: 30 },
      { version: 'v3', mode: 'canary', percent: 20 },
      { version: 'v4', mode: 'shadow', percent: 50 },
    )
    const dealt = users.map((user) => choose(two, () => undefined, user))
    const share = (version: string) => dealt.filter((choice) => choice.version === version).length / users.length
    expect(share('v2')).toBeCloseTo(0.3, 1)
    expect(share('v3')).toBeCloseTo(0.2, 1)
    const shaded = (version: string) => {
      const of = dealt.filter((choice) => choice.version === version)
      return of.filter(({ shadows }) => shadows.includes('v4')).length / of.length
    }
    expect(shaded('v1')).toBeCloseTo(0.5, 1)
    expect(shaded('v2')).toBeCloseTo(0.5, 1)
  })
})

describe('a traffic policy', () => {
  it('lets a header ask for a version, and says which one answered', async () => {
    const { send } = await serve(versions, {
      policy: policy('v1', { version: 'v2', mode: 'canary', percent: 0 }),
    })
    const asked = async (variant?: string) => {
      const { json, headers, status } = await send(
        'POST',
        '/predict',
        { x: 5 },
        variant ? { 'X-Model-Variant': variant } : {},
      )
      return [status, json.prediction ?? json.error, headers.get('x-model-version')]
    }
    expect(await asked()).toEqual([200, 5, 'v1'])
    expect(await asked('v2')).toEqual([200, -5, 'v2'])
    expect(await asked('champion')).toEqual([200, 5, 'v1'])
    expect(await asked('v9')).toEqual([400, 'The version v9 is not served here; there are v1, v2.', null])
    const infer = { inputs: [{ name: 'x', shape: [1, 1], datatype: 'FP32', data: [5] }] }
    expect((await send('POST', '/v2/models/churn/versions/v2/infer', infer)).json).toMatchObject({
      model_version: 'v2',
    })
  })

  it('keeps a key with its version by a header or a column, in every protocol', async () => {
    const column = 'column:customer'
    const { send } = await serve(versions, {
      policy: policy('v1', { version: 'v2', mode: 'canary', percent: 50, key: column }),
    })
    const customers = Array.from({ length: 12 }, (_, k) => `c${k}`)
    const expected = customers.map(
      (customer) =>
        choose(policy('v1', { version: 'v2', mode: 'canary', percent: 50, key: column }), () => customer, 'id').version,
    )
    expect(new Set(expected).size).toBe(2)
    const versionsOf = async (path: string, body: (customer: string) => unknown, headers = {}) => {
      const answers = []
      for (const customer of customers)
        answers.push((await send('POST', path, body(customer), headers)).headers.get('x-model-version'))
      return answers
    }
    const tensor = { name: 'x', shape: [1, 1], datatype: 'FP32', data: [5] }
    expect(await versionsOf('/predict', (customer) => ({ customer, x: 1 }))).toEqual(expected)
    expect(
      await versionsOf('/predict', (customer) => [
        { customer, x: 1 },
        { customer: 'other', x: 2 },
      ]),
    ).toEqual(expected)
    const frame = (customer: string) => ({ dataframe_split: { columns: ['customer', 'x'], data: [[customer, 1]] } })
    expect(await versionsOf('/invocations', frame)).toEqual(expected)
    const csv = (customer: string) => `x,customer\n1,${customer}\n`
    expect(await versionsOf('/invocations', csv, { 'Content-Type': 'text/csv' })).toEqual(expected)
    const infer = (customer: string) => ({ parameters: { customer }, inputs: [tensor] })
    expect(await versionsOf('/v2/models/churn/infer', infer)).toEqual(expected)
  })

  it('gives a shadow that is promoted the longer queue of a champion', async () => {
    const { traffic } = await serve(versions, { policy: policy('v1', { version: 'v2', mode: 'shadow', percent: 100 }) })
    const [champion, shadow] = traffic.models
    await traffic.apply(policy('v1', { version: 'v2', mode: 'canary', percent: 5 }), 'carol')
    expect(traffic.models[0]).toBe(champion)
    expect(traffic.models[1]).not.toBe(shadow)
  })

  it('logs what a shadow answers beside what the champion answered', async () => {
    const { send, sink, stop } = await serve(versions, {
      policy: policy('v1', { version: 'v2', mode: 'shadow', percent: 100 }),
    })
    const { json } = await send('POST', '/predict', [{ x: 1 }, { x: 2 }], { 'X-Request-Id': 'pair' })
    expect(json).toMatchObject({ version: 'v1', predictions: [{ prediction: 1 }, { prediction: 2 }] })
    await stop(0.1)
    const lines = sink.lines.filter(({ request_id }) => request_id === 'pair')
    expect(lines.map(({ version, row, prediction, shadow_of }) => [version, row, prediction, shadow_of])).toEqual([
      ['v1', 0, 1, undefined],
      ['v1', 1, 2, undefined],
      ['v2', 0, -1, { version: 'v1', prediction: 1, score: null, latency_ms: expect.any(Number) }],
      ['v2', 1, -2, { version: 'v1', prediction: 2, score: null, latency_ms: expect.any(Number) }],
    ])
  })

  it('never lets a shadow that hangs slow the champion, and counts what it drops', async () => {
    const { send } = await serve(
      { v1: echo(), slow: echo(true, { 'test.slow': 'yes' }) },
      {
        start: startWorkerOf(fileURLToPath(new URL('slow-worker-entry.mjs', import.meta.url))),
        policy: policy('v1', { version: 'slow', mode: 'shadow', percent: 100 }),
        log: null,
      },
    )
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 40 }, () => send('POST', '/predict', { x: 1 })))
      expect(answers.every(({ status, json }) => status === 200 && json.prediction === 1)).toBe(true)
    }
    const metrics = (await send('GET', '/metrics')).text
    expect(
      Number(/mlwright_shadow_total\{version="slow",outcome="dropped"\} (\d+)/.exec(metrics)?.[1]),
    ).toBeGreaterThan(300)
    expect(metrics).toContain('mlwright_rows_total{version="v1",role="champion"} 800')
  }, 90_000)

  it('answers 503 with Retry-After where too many wait, and goes on', async () => {
    const { send } = await serve(
      { slow: echo(true, { 'test.slow': 'yes' }) },
      { start: startWorkerOf(fileURLToPath(new URL('slow-worker-entry.mjs', import.meta.url))), queue: 4 },
    )
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('POST', '/predict', { x: 1 })))
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([200, 503])
    expect(answers.find(({ status }) => status === 503)?.headers.get('retry-after')).toBe('1')
    expect((await send('POST', '/predict', { x: 1 })).json.prediction).toBe(-1)
  }, 90_000)

  it('answers 504 where the model takes too long, and goes on', async () => {
    const { send } = await serve(
      { slow: echo(true, { 'test.slow': 'yes' }) },
      { start: startWorkerOf(fileURLToPath(new URL('slow-worker-entry.mjs', import.meta.url))), timeout: 300 },
    )
    const started = performance.now()
    const { status, json } = await send('POST', '/predict', { x: 1 })
    expect(performance.now() - started).toBeLessThan(1400)
    expect([status, json.error]).toEqual([504, 'The model did not answer within 0.3 s; send fewer rows, or try again.'])
    expect((await send('GET', '/v2/health/live')).status).toBe(200)
  }, 30_000)

  it('changes at once for who has the key, is audited, and stays where a version cannot be loaded', async () => {
    const { send, sink, stop, notes } = await serve(versions, { adminKeys })
    expect((await send('GET', '/admin/policy')).status).toBe(401)
    const put = (body: unknown, headers: Record<string, string> = admin) => send('PUT', '/admin/policy', body, headers)
    expect((await put(policy('v1'), {})).status).toBe(401)
    expect(
      (await put({ champion: 'v1', challengers: [{ version: 'v1', mode: 'canary', percent: 5 }] })).json.error,
    ).toBe('The policy is not valid: the policy: names a version twice.')
    expect((await put({ champion: 'v1', challengers: [{ version: 'v2', mode: 'canary', percent: 101 }] })).status).toBe(
      400,
    )
    expect((await put(policy('v9'))).status).toBe(500)
    expect((await send('POST', '/predict', { x: 1 })).json.version).toBe('v3')
    const change = await put(policy('v2'))
    expect([change.status, change.json]).toEqual([
      200,
      { at: expect.any(String), by: 'carol', from: policy('v3'), to: policy('v2') },
    ])
    expect((await send('POST', '/predict', { x: 1 })).json).toMatchObject({ version: 'v2', prediction: -1 })
    const { json } = await send('GET', '/admin/policy', undefined, admin)
    expect([json.policy, json.history.length]).toEqual([policy('v2'), 2])
    expect(notes.at(-1)).toBe('carol changed the traffic policy of churn to {"champion":"v2","challengers":[]}.')
    await stop(0.1)
    expect(sink.lines.filter(({ kind }) => kind === 'policy').map(({ by }) => by)).toEqual(['start', 'carol'])
  })

  it('is closed where the server has no key for administrators', async () => {
    const { send } = await serve(versions)
    expect((await send('PUT', '/admin/policy', policy('v2'))).status).toBe(403)
  })

  it('swaps versions under load on kept connections without losing a request', async () => {
    const { send, port } = await serve(versions, { adminKeys, log: null, policy: policy('v1') })
    const agent = new Agent({ keepAlive: true, maxSockets: 16 })
    const post = (x: number) =>
      new Promise<{ status: number; version: unknown; prediction: unknown }>((resolve, reject) => {
        const headers = { 'Content-Type': 'application/json' }
        const sent = request(
          { port, host: '127.0.0.1', agent, method: 'POST', path: '/predict', headers },
          (response) => {
            let text = ''
            response.on('data', (chunk) => {
              text += chunk
            })
            response.on('end', () => resolve({ status: response.statusCode!, ...JSON.parse(text) }))
          },
        )
        sent.on('error', reject)
        sent.end(JSON.stringify({ x }))
      })
    let answered = 0
    let wrong = 0
    let running = true
    const clients = Array.from({ length: 16 }, async (_, client) => {
      while (running) {
        const { status, version, prediction } = await post(client + 1)
        if (status !== 200 || prediction !== (version === 'v1' ? client + 1 : -client - 1)) wrong++
        answered++
      }
    })
    for (let swap = 0; swap < 10; swap++) {
      const { status } = await send('PUT', '/admin/policy', policy(swap % 2 === 0 ? 'v2' : 'v1'), admin)
      expect(status).toBe(200)
    }
    running = false
    await Promise.all(clients)
    agent.destroy()
    expect(wrong).toBe(0)
    expect(answered).toBeGreaterThan(200)
  })
})
