import type { Column } from '@mlwright/domain'
import { nativeLoader, onnxSessions } from '@mlwright/engines'
import { fit } from '@mlwright/learn'
import { type ScoreRequest, scoreModel } from '@mlwright/scoring'
import { describe, expect, it } from 'vitest'
import { zipMapOutput } from '../engines/onnx-bytes.ts'
import { score } from '../learn/support/score.ts'
import { smallTable } from '../learn/support/small-table.ts'
import { numbers, text } from './fixture.ts'
import { node, onnxModel, type Value } from './onnx-model.ts'

const sessions = onnxSessions({ load: nativeLoader({ own: import.meta.url }) })

/** A request to score every row of some columns, all of which are features. */
function request(columns: Record<string, Column>, change: Partial<ScoreRequest> = {}): ScoreRequest {
  const [first] = Object.values(columns)
  const rows = first!.type === 'string' ? first!.codes.length : first!.values.length
  return {
    task: 'classification',
    classes: ['no', 'yes'],
    features: Object.entries(columns).map(([name, { type }]) => ({ name, type })),
    table: { rows, columns: new Map(Object.entries(columns)) },
    rows: Int32Array.from({ length: rows }, (_, row) => row),
    keys: Array.from({ length: rows }, (_, row) => `k${row}`),
    labels: new Float64Array(rows),
    columns: [],
    ...change,
  }
}

async function scored(model: Uint8Array, asked: ScoreRequest) {
  const session = await sessions.open(model)
  try {
    return await scoreModel(session, asked)
  } finally {
    await session.close()
  }
}

const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'MODEL_INVALID', message: expect.stringMatching(message) })
const refused = (model: Uint8Array, asked: ScoreRequest, message: RegExp) =>
  expect(scored(model, asked)).rejects.toEqual(refusal(message))

const matrix = (columns: number): Value => ['X', 'float', columns]
const probabilities = (columns: number): Value => ['probabilities', 'float', columns]
const label: Value = ['label', 'int64', null]
const softmax = node('Softmax', ['X'], 'probabilities', { axis: 1 })
const argMax = node('ArgMax', ['X'], 'label', { axis: 1, keepdims: 0 })
const same = (from: string, to: string) => node('Identity', [from], to)

const two = { x: numbers([0.25, 0.9, 0.5]), y: numbers([0.75, 0.1, 0.5]) }

describe('scoreModel', () => {
  it.each([
    ['gradient-boosting', 'binary'],
    ['logistic-regression', 'multiclass'],
    ['linear-regression', 'regression'],
  ] as const)('scores what %s learned of a %s target, one named tensor per feature', async (algorithm, task) => {
    const { table, set } = smallTable(task)
    const { model } = await fit(algorithm, {}, 7, set, {})
    const rows = Int32Array.from([650, 3, 699, 12, 601])
    const keys = Array.from({ length: 700 }, (_, row) => `k${row}`)
    const { task: kind, classes, features, labels } = set
    const columns = ['select', 'age']
    const found = await scored(model, { task: kind, classes, features, table, rows, keys, labels, columns })
    // the same rows straight through onnxruntime
    expect([...found.scores!]).toEqual([...(await score(model, table, rows)).values])
    expect(found).toMatchObject({ task: kind, classes, decisions: null, keys: ['k650', 'k3', 'k699', 'k12', 'k601'] })
    expect([...found.labels]).toEqual([650, 3, 699, 12, 601].map((row) => labels[row]))
    const age = table.columns.get('age') as { values: Float64Array }
    expect(found.columns.get('age')).toEqual({
      type: 'number',
      values: Float64Array.from(rows, (row) => age.values[row]!),
    })
    expect([...found.columns.keys()]).toEqual(columns)
  })

  it('scores one matrix of the features in their order', async () => {
    const found = await scored(onnxModel([matrix(2)], [same('X', 'probabilities')], [probabilities(2)]), request(two))
    expect([...found.scores!].map((value) => Number(value.toFixed(6)))).toEqual([0.25, 0.75, 0.9, 0.1, 0.5, 0.5])
  })

  it('scores one feature as a matrix of one column, whatever its name', async () => {
    const found = await scored(onnxModel([matrix(1)], [same('X', 'p')], [['p', 'float', 1]]), request({ x: two.x }))
    expect([...found.scores!].map((value) => Number(value.toFixed(6)))).toEqual([0.75, 0.25, 0.1, 0.9, 0.5, 0.5])
  })

  it('gives numbers as double, int64 and bool, and missing text as empty, where the model takes them so', async () => {
    const columns = {
      big: numbers([16_777_217, 3, Number.NaN]),
      count: numbers([1, 0, 4]),
      flag: { type: 'boolean', values: Float64Array.from([1, 0, 1]) } as const,
      word: text(['a', null, 'b']),
    }
    const model = onnxModel(
      [
        ['big', 'double', 1],
        ['count', 'int64', 1],
        ['flag', 'bool', 1],
        ['word', 'string', 1],
      ],
      [same('big', 'prediction'), same('count', 'c'), same('flag', 'f'), same('word', 'w')],
      [
        ['c', 'int64', 1],
        ['f', 'bool', 1],
        ['w', 'string', 1],
        ['prediction', 'double', 1],
      ],
    )
    const asked = request(columns, { task: 'regression', classes: [], rows: Int32Array.from([1, 0]) })
    expect([...(await scored(model, asked)).scores!]).toEqual([3, 16_777_217])
    await refused(model, request(columns, { task: 'regression', classes: [] }), /answers NaN for some row/)
  })

  it('puts the model’s classes in the order of ours, as its labels tell', async () => {
    const model = onnxModel([matrix(2)], [softmax, argMax], [label, probabilities(2)])
    const found = await scored(model, request(two, { classes: ['1', '0'] }))
    const first = Math.exp(0.25) / (Math.exp(0.25) + Math.exp(0.75))
    expect(found.scores![1]).toBeCloseTo(first, 6)
    expect(found.scores![0]).toBeCloseTo(1 - first, 6)
  })

  it('orders the classes for all rows at once, though the last ones show only one of them', async () => {
    const rows = 10_001
    const columns = {
      a: numbers(Array.from({ length: rows }, (_, row) => (row % 3 === 0 && row < 10_000 ? 3 : 0))),
      b: numbers(Array.from({ length: rows }, (_, row) => (row % 3 === 1 || row === 10_000 ? 2 : 0))),
      c: numbers(Array.from({ length: rows }, (_, row) => (row % 3 === 2 && row < 10_000 ? 3 : 1))),
    }
    const model = onnxModel([matrix(3)], [softmax, argMax], [label, probabilities(3)])
    const found = await scored(model, request(columns, { classes: ['2', '1', '0'] }))
    const sum = 1 + Math.exp(2) + Math.exp(1)
    // the model's classes 0, 1, 2 of the last row score e^0, e^2 and e^1
    for (const [k, power] of [1, 2, 0].entries())
      expect(found.scores![30_000 + k]).toBeCloseTo(Math.exp(power) / sum, 6)
  })

  it('knows the order of two classes where the model decides at another threshold than one half', async () => {
    const p = [0.1, 0.3, 0.35, 0.4, 0.45, 0.2]
    const columns = { n: numbers(p.map((value) => 1 - value)), p: numbers(p), t: numbers([0, 1, 1, 1, 1, 0]) }
    const model = onnxModel(
      [
        ['n', 'float', 1],
        ['p', 'float', 1],
        ['t', 'int64', 1],
      ],
      [node('Concat', ['n', 'p'], 'probabilities', { axis: 1 }), same('t', 'label')],
      [['label', 'int64', 1], probabilities(2)],
    )
    const found = await scored(model, request(columns, { classes: ['0', '1'] }))
    expect(p.map((_, row) => Number(found.scores![2 * row + 1]!.toFixed(6)))).toEqual(p)
  })

  it.each([
    ['int32', 6],
    ['int64', 7],
  ] as const)('takes an %s output for labels, whatever its name', async (type, to) => {
    const cast = node('Cast', ['label'], 'answer', { to })
    const asked = request(two, { classes: ['0', '1'] })
    const beside = onnxModel([matrix(2)], [argMax, cast, softmax], [['answer', type, null], probabilities(2)])
    expect((await scored(beside, asked)).scores?.[1]).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6)
    const only = await scored(onnxModel([matrix(2)], [argMax, cast], [['answer', type, null]]), asked)
    expect([only.scores, only.decisions]).toEqual([null, Int32Array.of(1, 0, 0)])
  })

  it('keeps the decisions of a model that gives labels alone', async () => {
    const model = onnxModel([matrix(2)], [argMax], [label])
    const found = await scored(model, request(two, { classes: ['1', '0'] }))
    expect(found.scores).toBeNull()
    // the model says 1, 0 and, of equal ones, 0
    expect(found.decisions).toEqual(Int32Array.from([0, 1, 1]))
  })

  it('tells how far it is', async () => {
    const columns = { x: numbers(new Float64Array(20_500)) }
    const model = onnxModel([matrix(1)], [same('X', 'p')], [['p', 'float', 1]])
    const seen: [number, number][] = []
    await scored(model, request(columns, { onProgress: (done, total) => seen.push([done, total]) }))
    expect(seen).toEqual([
      [10_000, 20_500],
      [20_000, 20_500],
      [20_500, 20_500],
    ])
  })

  it('refuses a ZipMap, and says how to export without', async () => {
    await refused(zipMapOutput(), request(two), /\(ZipMap\); export it with options=\{'zipmap': False\}\.$/)
  })

  it('refuses inputs that are not the features', async () => {
    const named = (name: string) =>
      onnxModel(
        [
          [name, 'float', 1],
          ['y', 'float', 1],
        ],
        [same(name, 'p')],
        [['p', 'float', 1]],
      )
    await refused(
      named('agee'),
      request({ age: two.x, y: two.y }),
      /an input agee that is no feature \(did you mean age\?\)/,
    )
    await refused(
      named('tenure'),
      request(two),
      /an input tenure that is no feature; its inputs have to be the features/,
    )
    const wide = onnxModel([matrix(3)], [softmax], [probabilities(3)])
    await refused(wide, request(two), /takes 3 features, and mlwright\.yml has 2/)
    const narrow = onnxModel([matrix(2)], [softmax], [probabilities(2)])
    await refused(narrow, request({ x: two.x, plan: text(['a', 'b', 'a']) }), /feature plan holds text/)
  })

  it('refuses an input of another type than its column', async () => {
    const float = onnxModel([['plan', 'float', 1]], [same('plan', 'p')], [['p', 'float', 1]])
    await refused(float, request({ plan: text(['a', 'b', null]) }), /input plan is float, and the column holds text/)
    const whole = onnxModel([['n', 'int64', 1]], [same('n', 'label')], [['label', 'int64', 1]])
    await refused(whole, request({ n: numbers([1, 2.5]) }), /int64, and row 2 has 2\.5 there; let the model take float/)
    const flag = onnxModel([['b', 'bool', 1]], [same('b', 'p')], [['p', 'bool', 1]])
    const missing = { b: { type: 'boolean', values: Float64Array.from([1, Number.NaN]) } as const }
    await refused(flag, request(missing), /bool, and row 2 misses its value/)
  })

  it.each([
    ['raw scores', { x: numbers([3]), y: numbers([-2]) }, ['no', 'yes'], /hold 3\.000, which is not between 0 and 1/],
    ['other sums', { x: numbers([0.5]), y: numbers([0.2]) }, ['no', 'yes'], /sum to 0\.7000 for some row, not to 1/],
    ['too few classes', two, ['a', 'b', 'c'], /gives 2 probabilities per row, and the target has 3 classes/],
    ['no number', { x: numbers([0.5]), y: numbers([Number.NaN]) }, ['no', 'yes'], /answers NaN for some row/],
  ] as const)('refuses probabilities that are none: %s', async (_, columns, classes, message) => {
    const model = onnxModel([matrix(2)], [same('X', 'probabilities')], [probabilities(2)])
    await refused(model, request(columns, { classes }), message)
  })

  it('refuses one raw score per row, a label that is no class, and two numbers for a regression', async () => {
    const one = onnxModel([matrix(1)], [same('X', 'p')], [['p', 'float', 1]])
    await refused(one, request({ x: numbers([0.4, -1.5]) }), /hold -1\.500, which is not between 0 and 1/)
    const labels = onnxModel([matrix(2)], [argMax], [label])
    await refused(labels, request(two), /answers the class 1, which the target does not have \(no, yes\)/)
    const pair = onnxModel([matrix(2)], [same('X', 'variable')], [['variable', 'float', 2]])
    await refused(
      pair,
      request(two, { task: 'regression', classes: [] }),
      /gives 2 numbers per row, and regression needs one/,
    )
  })

  it('refuses to judge by a column that the data lack', async () => {
    const model = onnxModel([matrix(2)], [softmax], [probabilities(2)])
    await expect(scored(model, request(two, { columns: ['plan'] }))).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})
