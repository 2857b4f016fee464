import { createHash } from 'node:crypto'
import { fromBinary } from '@bufbuild/protobuf'
import { UserError } from '@mlwright/domain'
import { fit, type TrainingSet } from '@mlwright/learn'
import { ModelProtoSchema } from 'onnx-buf'
import { InferenceSession } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { score } from './support/score.ts'
import { smallTable } from './support/small-table.ts'

const everyFit = [
  ['gradient-boosting', 'binary'],
  ['gradient-boosting', 'multiclass'],
  ['gradient-boosting', 'regression'],
  ['logistic-regression', 'binary'],
  ['logistic-regression', 'multiclass'],
  ['linear-regression', 'regression'],
  ['majority', 'binary'],
  ['majority', 'multiclass'],
  ['majority', 'regression'],
] as const

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('fit', () => {
  it.each(everyFit)('writes %s for a %s target as a model that onnxruntime runs', async (algorithm, task) => {
    const { table, set } = smallTable(task)
    const { model } = await fit(algorithm, {}, 7, set, { 'mlwright.data_digest': 'abc' })
    const session = await InferenceSession.create(model)
    expect(session.inputNames).toEqual(set.features.map(({ name }) => name))
    expect(session.outputNames).toEqual(task === 'regression' ? ['prediction'] : ['label', 'probabilities'])
    const { labels, values } = await score(model, table, [...Array(700).keys()])
    expect(values.length).toBe(700 * Math.max(1, set.classes.length))
    expect(values.every(Number.isFinite)).toBe(true)
    if (task === 'regression') return
    const width = set.classes.length
    for (let row = 0; row < 700; row++) {
      const shares = [...values.subarray(row * width, (row + 1) * width)]
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
      expect(shares[set.classes.indexOf(labels[row]!)]).toBe(Math.max(...shares))
    }
  })

  it.each(everyFit)('writes the same bytes for %s and a %s target twice', async (algorithm, task) => {
    const first = await fit(algorithm, {}, 7, smallTable(task).set, { b: '1', a: '2' })
    const second = await fit(algorithm, {}, 7, smallTable(task).set, { a: '2', b: '1' })
    expect(sha256(second.model)).toBe(sha256(first.model))
  })

  // The bytes must not depend on machine or engine; these were written by Node 20 and Node 24 alike. When a change of
  // the trainer changes them, trainerVersion changes too.
  it.each([
    ['gradient-boosting', 'binary', 'a94a2bf656bae953dffcecf78b29cbf9f673dacc97d8fa03f658341cd0869f6b'],
    ['gradient-boosting', 'multiclass', '4346bda64a63a7e4422058445d929f15042af4330544ead966517882a4c38521'],
    ['gradient-boosting', 'regression', 'd085c12e20b35e9303e9ee48b3c744db6e2c4dc5c104d7bf758ef311acb7b646'],
    ['logistic-regression', 'multiclass', '6fadcef2bb08fdb1da0eb9393ddf42026b2afdcedc37263044e0ffd9cdf84ccd'],
    ['linear-regression', 'regression', 'ff96ccac64617b220d3cce1c3c1e40c2aa897c019322e55d2cb95151db4278dd'],
    ['majority', 'binary', 'afad7c0fa19150b9b8d228453f21575e5daf68b84f739059b0116359d5adceb8'],
  ] as const)('pins the bytes of %s for a %s target', async (algorithm, task, digest) => {
    const { model } = await fit(algorithm, {}, 7, smallTable(task).set, {})
    expect(sha256(model)).toBe(digest)
  })

  it('stamps the metadata, its own version and the signature', async () => {
    const { set } = smallTable('binary')
    const { model } = await fit('majority', {}, 7, set, { 'mlwright.input_digest': 'f00' })
    const stamped = new Map(fromBinary(ModelProtoSchema, model).metadataProps.map(({ key, value }) => [key, value]))
    expect([...stamped.keys()]).toEqual(['mlwright.input_digest', 'mlwright.signature', 'mlwright.version'])
    const signature = JSON.parse(stamped.get('mlwright.signature')!)
    expect(signature.classes).toEqual(['no', 'yes'])
    expect(signature.features).toEqual(set.features)
  })

  it.each([
    'gradient-boosting',
    'logistic-regression',
  ] as const)('answers for categories that %s never saw as for missing ones', async (algorithm) => {
    const { table, set } = smallTable('multiclass')
    const { model } = await fit(algorithm, {}, 7, set, {})
    const city = table.columns.get('select')!
    if (city.type !== 'string') throw new Error('select is text')
    const withCity = (text: string) => ({
      rows: 700,
      columns: new Map([
        ...table.columns,
        ['select', { type: 'string', dictionary: [text], codes: new Int32Array(700) } as const] as const,
      ]),
    })
    const rows = [...Array(700).keys()]
    const unseen = await score(model, withCity('Atlantis'), rows)
    const missing = await score(model, withCity(''), rows)
    expect(unseen.values).toEqual(missing.values)
    expect(unseen.values).not.toEqual((await score(model, withCity('Bern'), rows)).values)
  })

  it.each([
    'gradient-boosting',
    'logistic-regression',
  ] as const)('%s falls back to the class shares when no column varies', async (algorithm) => {
    const { table, set } = smallTable('binary')
    const features = set.features.filter(({ name }) => name === 'constant' || name === 'nothing')
    const { model } = await fit(algorithm, {}, 7, { ...set, features }, {})
    const positive = set.labels.subarray(0, 500).reduce((a, b) => a + b) / 500
    expect((await score(model, table, [600])).values[1]).toBeCloseTo(positive, 6)
  })

  it('answers the mean when every tree is one leaf', async () => {
    const { table, set } = smallTable('regression')
    const { model } = await fit('gradient-boosting', { min_leaf: 400 }, 7, set, {})
    const mean = set.labels.subarray(0, 500).reduce((a, b) => a + b) / 500
    expect((await score(model, table, [600])).values[0]).toBeCloseTo(mean, 4)
  })

  it('ranks the features by importance and gives the shares', async () => {
    for (const algorithm of ['gradient-boosting', 'linear-regression'] as const) {
      const { importance } = await fit(algorithm, {}, 7, smallTable('regression').set, {})
      expect(['age', 'select']).toContain(importance[0]!.feature)
      expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(importance.find(({ feature }) => feature === 'constant')!.share).toBe(0)
    }
  })

  it('reports each round', async () => {
    const seen: number[] = []
    await fit('gradient-boosting', { rounds: 3 }, 7, smallTable('binary').set, {}, (done, total) => {
      expect(total).toBe(3)
      seen.push(done)
    })
    expect(seen).toEqual([1, 2, 3])
  })

  it('refuses data and tasks that teach nothing, in a sentence', async () => {
    const { set } = smallTable('binary')
    const refusal = async (algorithm: Parameters<typeof fit>[0], change: Partial<TrainingSet>) => {
      const error = await fit(algorithm, {}, 7, { ...set, ...change }, {}).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(UserError)
      return error as UserError
    }
    const one = await refusal('gradient-boosting', { labels: new Float64Array(700) })
    expect(one.code).toBe('DATA_UNUSABLE')
    expect(one.message).toContain('Every training row has the class no')
    expect((await refusal('majority', { rows: new Int32Array() })).code).toBe('DATA_UNUSABLE')
    const task = await refusal('logistic-regression', { task: 'regression' })
    expect(task.code).toBe('CONFIG_INVALID')
    expect(task.message).toContain('choose linear-regression or gradient-boosting')
    const features = [{ name: 'label', type: 'number' }] as const
    expect((await refusal('majority', { features })).message).toContain('label')
  })
})
