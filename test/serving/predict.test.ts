import { beforeAll, describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, telco } from './fixture.ts'

let churn: Awaited<ReturnType<typeof telco>>
beforeAll(async () => {
  churn = await telco()
})

describe('POST /predict', () => {
  it('answers one row with its class, score and probabilities', async () => {
    const { send } = await serve({ v1: churn.model })
    const { status, json, headers } = await send('POST', '/predict', churn.row(0))
    expect(status).toBe(200)
    expect(json).toEqual({
      request_id: headers.get('x-request-id'),
      model: 'churn',
      version: 'v1',
      prediction: expect.stringMatching(/^(Yes|No)$/),
      score: json.probabilities.Yes,
      probabilities: { No: expect.any(Number), Yes: expect.any(Number) },
    })
    expect(json.probabilities.Yes + json.probabilities.No).toBeCloseTo(1, 6)
  })

  it('answers a list in its order, as it answers each row alone', async () => {
    const { send } = await serve({ v1: churn.model })
    const rows = [3, 1, 4000, 5, 926].map(churn.row)
    const { json } = await send('POST', '/predict', rows)
    const alone = await Promise.all(rows.map(async (row) => (await send('POST', '/predict', row)).json))
    expect(json.predictions).toEqual(
      alone.map(({ prediction, score, probabilities }) => ({ prediction, score, probabilities })),
    )
  })

  it('names the column that is missing, and the one that was meant', async () => {
    const { send } = await serve({ v1: churn.model })
    const { tenure, ...rest } = churn.row(0)
    expect((await send('POST', '/predict', { ...rest, tenur: tenure })).json).toEqual({
      error: 'Row 0: the column tenure is missing; did you mean tenur?',
    })
    expect((await send('POST', '/predict', [churn.row(0), { ...churn.row(1), tenure: 'long' }])).json).toEqual({
      error: 'Row 1: the column tenure is "long"; it has to be a number or null.',
    })
    const { status, headers, json } = await send('POST', '/predict', { ...churn.row(0), contract: 5 })
    expect([status, headers.get('content-type')]).toEqual([400, 'application/json'])
    expect(json).toEqual({ error: 'Row 0: the column contract is 5; it has to be text or null.' })
  })

  it('tells free dimensions from one another by how the lists are nested', async () => {
    const shape = ['N', 3, 'H', 'W']
    const { send } = await serve({
      v1: model({
        nodes: [node('Identity', ['image'], ['same'])],
        inputs: [tensorType('image', 1, shape)],
        outputs: [tensorType('same', 1, shape)],
      }),
    })
    const image = Array.from({ length: 3 }, (_, channel) => [
      [channel, 1],
      [2, 3],
    ])
    const { json } = await send('POST', '/invocations', { instances: [image, image] })
    expect(json.predictions).toEqual({ same: [image, image] })
    for (const wrong of [
      image.slice(1),
      image.flat(),
      [
        [[1, 2], [3]],
        [[1], [2, 3]],
        [[1, 2], [3]],
      ],
      // As many numbers as there have to be.
      [
        [
          [1, 2],
          [3, 4],
        ],
        [[1], [2, 3, 4]],
        [
          [1, 2],
          [3, 4],
        ],
      ],
      5,
    ])
      expect((await send('POST', '/predict', { image: wrong })).json.error).toMatch(
        /^The column image takes a list of shape \[3,-1,-1\] per row/,
      )
    const flat = image.map((channel) => [channel.flat()])
    expect((await send('POST', '/predict', [{ image }, { image: flat }])).status).toBe(400)
    const { json: openapi } = await send('GET', '/openapi.json')
    const { example } = openapi.paths['/predict'].post.requestBody.content['application/json']
    expect((await send('POST', '/predict', example)).status).toBe(200)
  })
})
