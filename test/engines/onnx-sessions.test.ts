import { duckDb, type NativeLoader, nativeLoader, onnxSessions } from '@mlwright/engines'
import { expect, it } from 'vitest'
import { model, node, tensorType, zipMapOutput } from './onnx-bytes.ts'

const sessions = onnxSessions({ load: nativeLoader({ own: import.meta.url }) })

it('runs a model and tells its inputs, outputs and metadata', async () => {
  const session = await sessions.open(
    model({
      nodes: [node('Add', ['x', 'y'], ['sum']), node('Identity', ['word'], ['same'])],
      inputs: [tensorType('x', 1, ['N', 1]), tensorType('y', 1, ['N', 1]), tensorType('word', 8, ['N', 1])],
      outputs: [tensorType('sum', 1, ['N', 1]), tensorType('same', 8, ['N', 1])],
      metadata: { 'mlwright.input_digest': 'abc', ünï: '🐤'.repeat(100) },
    }),
  )
  expect(session.inputs).toEqual([
    { name: 'x', type: 'float', shape: [null, 1] },
    { name: 'y', type: 'float', shape: [null, 1] },
    { name: 'word', type: 'string', shape: [null, 1] },
  ])
  expect([...session.metadata]).toEqual([
    ['mlwright.input_digest', 'abc'],
    ['ünï', '🐤'.repeat(100)],
  ])
  const shape = [3, 1]
  const found = await session.run(
    new Map([
      ['x', { data: Float32Array.from([1, 2, 3]), shape }],
      ['y', { data: Float32Array.from([0.5, Number.NaN, -3]), shape }],
      ['word', { data: ['a', '', '🐤'], shape }],
    ]),
  )
  expect(found.get('sum')).toEqual({ data: Float32Array.from([1.5, Number.NaN, 0]), shape })
  expect(found.get('same')).toEqual({ data: ['a', '', '🐤'], shape })
  await session.close()
})

it('calls a ZipMap output `other`, and answers with the dense ones only', async () => {
  const session = await sessions.open(zipMapOutput())
  expect(session.outputs).toEqual([
    { name: 'copy', type: 'float', shape: [null, 2] },
    { name: 'maps', type: 'other', shape: [] },
  ])
  const found = await session.run(new Map([['x', { data: Float32Array.from([1, 2]), shape: [1, 2] }]]))
  expect([...found.keys()]).toEqual(['copy'])
})

it.each([
  ['nothing', new Uint8Array(0)],
  ['a pickle', Uint8Array.from([0x80, 4, 0x95, 1, 2, 3, 4])],
  ['text', new TextEncoder().encode('not a model')],
  [
    'a model that is cut off',
    model({
      nodes: [node('Add', ['x', 'x'], ['y'])],
      inputs: [tensorType('x', 1, [1])],
      outputs: [tensorType('y', 1, [1])],
    }).subarray(0, 40),
  ],
])('refuses %s with a sentence', async (_, bytes) => {
  await expect(sessions.open(bytes)).rejects.toMatchObject({
    code: 'MODEL_INVALID',
    message: expect.stringMatching(
      /^The model is not an ONNX file that onnxruntime .* can run \(.*\); export it again\.$/,
    ),
  })
})

it('says what stops a model on inputs that do not fit', async () => {
  const session = await sessions.open(
    model({
      nodes: [node('Identity', ['x'], ['y'])],
      inputs: [tensorType('x', 1, ['N', 2])],
      outputs: [tensorType('y', 1, ['N', 2])],
    }),
  )
  const three = { data: Float32Array.from([1, 2, 3]), shape: [1, 3] }
  await expect(session.run(new Map([['x', three]]))).rejects.toMatchObject({ code: 'MODEL_INVALID' })
  await expect(session.run(new Map())).rejects.toThrow('The model could not be run on its inputs')
})

it('loads nothing before it is used', async () => {
  const names: string[] = []
  const own = nativeLoader({ own: import.meta.url })
  const load: NativeLoader = (name) => {
    names.push(name)
    return own(name)
  }
  const engine = duckDb({ load, temporaryFolder: '/nowhere' })
  onnxSessions({ load })
  await engine.close()
  expect(names).toEqual([])
})
