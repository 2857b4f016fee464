import { nativeLoader, onnxSessions } from '@mlwright/engines'
import { describe, expect, it } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { serve, startWorker } from './fixture.ts'

const echo = model({
  nodes: [node('Identity', ['x'], ['y'])],
  inputs: [tensorType('x', 1, ['N', 1])],
  outputs: [tensorType('y', 1, ['N', 1])],
})
const real = onnxSessions({ load: nativeLoader({ own: import.meta.url }) })

/** The real sessions, which take this long for every run. */
function sessions(milliseconds: number) {
  const runs: number[] = []
  return {
    runs,
    async open(file: Uint8Array) {
      const session = await real.open(file)
      return {
        ...session,
        async run(feeds: Parameters<typeof session.run>[0]) {
          runs.push(feeds.get('x')!.shape[0]!)
          if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
          return session.run(feeds)
        },
      }
    },
  }
}

/** Predicts one row and three hundred, and says which batches the event loop ran by itself. */
async function batches(milliseconds: number) {
  const inline = sessions(milliseconds)
  const { send } = await serve({ v1: echo }, { start: startWorker, sessions: inline })
  const timed = inline.runs.length
  expect((await send('POST', '/predict', { x: 3 })).json.prediction).toBe(3)
  const many = Array.from({ length: 300 }, (_, x) => ({ x }))
  expect((await send('POST', '/predict', many)).json.predictions.at(-1)).toEqual({ prediction: 299 })
  return inline.runs.slice(timed)
}

describe('a quick model', () => {
  it('answers small batches on the event loop, and larger ones in its thread', async () => {
    expect(await batches(0)).toEqual([1])
  })

  it('is none that takes milliseconds', async () => {
    expect(await batches(5)).toEqual([])
  })
})
