import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { node, onnxModel } from '../scoring/onnx-model.ts'
import { configWith, project, type } from './project.ts'

const telco = readFileSync(
  fileURLToPath(new URL('../../examples/telco-churn/data/telco-churn.csv', import.meta.url)),
  'utf8',
)
const rows = telco.split('\n')
const model = "task: classification\n    target: churn\n    positive: 'Yes'"

function comparisonIn(folder: string) {
  const runs = join(folder, '.mlwright/runs')
  const [found] = readdirSync(runs).filter((run) => readdirSync(join(runs, run)).includes('comparison.json'))
  return JSON.parse(readFileSync(join(runs, found!, 'comparison.json'), 'utf8'))
}

it('compares row by row on data that doubled, with the baseline trained again on what it knew', async () => {
  const folder = project({ 'mlwright.yml': configWith({ model }), 'data.csv': `${rows.slice(0, 3000).join('\n')}\n` })
  expect((await type(folder, 'run', 'experiment')).code).toBe(0)
  writeFileSync(join(folder, 'data.csv'), telco)
  expect((await type(folder, 'run', 'experiment')).code).toBe(0)
  const { baseline, paired, rows: compared } = comparisonIn(folder)
  expect({ paired, retrained: baseline.retrained }).toEqual({ paired: true, retrained: true })
  expect(compared.candidate).toBeGreaterThan(1380)
  // Of the 600 test rows that the baseline had, some would be training rows only if the split moved them: it does not.
  expect(compared.both / compared.candidate).toBeGreaterThan(0.95)
})

it('scores the model that a command left again, as long as its file is there, and trains nothing', async () => {
  const config = configWith({
    model: `${model}\n    features: { include: [monthly_charges, tenure] }`,
    train: 'command: echo ran >> ran.log; cp model.onnx $MLWRIGHT_OUTPUT/\n      code: [model.onnx]',
  })
  const softmax = onnxModel(
    [['X', 'float', 2]],
    [node('Softmax', ['X'], 'probabilities', { axis: 1 })],
    [['probabilities', 'float', 2]],
  )
  const old = `${rows.slice(0, 3000).join('\n')}\n`
  const folder = project({
    '.gitignore': '.mlwright/\nran.log\n',
    'mlwright.yml': config,
    'data.csv': old,
    'model.onnx': softmax,
  })
  expect((await type(folder, 'run', 'experiment')).code).toBe(0)
  writeFileSync(join(folder, 'data.csv'), telco)
  expect((await type(folder, 'run', 'experiment')).code).toBe(0)
  const { baseline, paired, rows: compared } = comparisonIn(folder)
  expect({ paired, retrained: baseline.retrained }).toEqual({ paired: true, retrained: false })
  expect(compared.both / compared.candidate).toBeGreaterThan(0.95)
  expect(readFileSync(join(folder, 'ran.log'), 'utf8')).toBe('ran\nran\n')
})

it('says that the comparison is not row by row where the new data has other columns', async () => {
  const folder = project({ 'mlwright.yml': configWith({ model }), 'data.csv': `${rows.slice(0, 3000).join('\n')}\n` })
  expect((await type(folder, 'run', 'experiment')).code).toBe(0)
  const widened = rows.filter(Boolean).map((row, at) => `${row},${at === 0 ? 'region' : at % 7}`)
  writeFileSync(join(folder, 'data.csv'), `${widened.join('\n')}\n`)
  const { said } = await type(folder, 'run', 'experiment')
  expect(comparisonIn(folder).paired).toBe(false)
  expect(said).toContain('unpaired')
})
