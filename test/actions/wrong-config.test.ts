import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configWith, expectSentence, project, type, visits } from './project.ts'

const data = visits()

test('an mlwright.yml with many mistakes is told all of them at once, each with its place', async () => {
  const config = `version: 2
project: { nam: x }
datasets: { Visits: { source: data.csv } }
models:
  m: { dataset: v, task: clasification, target: 3, train: { algorithm: gradient-bosting } }
`
  const { said, code } = await type(project({ 'mlwright.yml': config, 'data.csv': data }), 'run', 'experiment')
  expect(code).toBe(1)
  expect(said.trim().split('\n')).toEqual([
    'error: mlwright.yml:1:10: version is 2; it can be 1.',
    'mlwright.yml:2:1: project.name is missing; it has to be text.',
    'mlwright.yml:2:12: unknown key `nam` in project; did you mean `name`?',
    'mlwright.yml:3:13: the key `Visits` cannot be used: use lower-case letters, digits and hyphens, such as `churn`',
    'mlwright.yml:5:26: models.m.task is "clasification"; did you mean classification?',
    'mlwright.yml:5:49: models.m.target is 3; it has to be text.',
    'mlwright.yml:5:72: models.m.train.algorithm is "gradient-bosting"; did you mean gradient-boosting?',
  ])
})

test('a contract with many mistakes is told all of them at once, each with its place', async () => {
  const contract = `apiVersion: v9
kind: Dta
schema:
  - name: visits
    properties:
      - { name: minutes, logicalType: nmber }
      - { name: page, quality: [{ type: library, metric: nullValue, mustBe: 0 }] }
`
  const folder = project({ 'c.yaml': contract, 'data.csv': data })
  const { said, code } = await type(folder, 'validate', '--data', 'data.csv', '--contract', 'c.yaml')
  expect(code).toBe(1)
  expect(said.trim().split('\n')).toEqual([
    'error: c.yaml:1:1: id is missing; it has to be text.',
    'c.yaml:1:1: version is missing; it has to be text.',
    'c.yaml:1:1: status is missing; it has to be text.',
    'c.yaml:1:13: apiVersion is "v9"; it can be "v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0".',
    'c.yaml:2:7: kind is "Dta"; it can be "DataContract".',
    'c.yaml:6:39: logicalType is "nmber"; did you mean number?',
    'c.yaml:7:58: metric is "nullValue"; did you mean nullValues?',
  ])
})

test.each([
  [
    'no mlwright.yml',
    { 'data.csv': data },
    'error: There is no mlwright.yml here; write one with `npx mlwright init`, or name it with the input `config`.',
  ],
  ['an empty one', { 'mlwright.yml': '' }, 'error: mlwright.yml:1:1: the file is empty; it has to be a mapping.'],
  [
    'one in UTF-16',
    { 'mlwright.yml': Buffer.from(`\ufeff${configWith()}`, 'utf16le') },
    'error: mlwright.yml is not UTF-8; save it with that encoding.',
  ],
  [
    'one in UTF-16 without a mark',
    { 'mlwright.yml': Buffer.from(configWith(), 'utf16le') },
    'error: mlwright.yml is not UTF-8; save it with that encoding.',
  ],
  [
    'one in Latin 1',
    { 'mlwright.yml': Buffer.from(`# café\n${configWith()}`, 'latin1') },
    'error: mlwright.yml is not UTF-8; save it with that encoding.',
  ],
  [
    'one that holds one long text',
    { 'mlwright.yml': 'word '.repeat(1000) },
    `error: mlwright.yml:1:1: the file is "${'word '.repeat(19)}wor…; it has to be a mapping.`,
  ],
  [
    'one that is indented with tabs',
    { 'mlwright.yml': configWith().replace('    dataset', '\tdataset') },
    'error: mlwright.yml:7:1: Tabs are not allowed as indentation.\n',
  ],
  ['one that is no YAML', { 'mlwright.yml': 'version: [1\nproject: {}\n' }, 'error: mlwright.yml:'],
  [
    'a contract that is not there',
    { 'mlwright.yml': configWith().replace('data.csv', 'data.csv, contract: c.yaml'), 'data.csv': data },
    'error: There is no contract at c.yaml; correct the path, or leave the contract out.',
  ],
  [
    'params that the algorithm has not',
    {
      'mlwright.yml': configWith({ train: 'algorithm: gradient-boosting\n      params: { leafs: 3, rounds: -1 }' }),
      'data.csv': data,
    },
    [
      'error: mlwright.yml:13:17: models.m.train.params.leafs: gradient-boosting has no such param; it takes rounds, learning_rate, leaves, min_leaf, l2, bins, max_depth, early_stopping.',
      'mlwright.yml:13:27: models.m.train.params.rounds: -1 is not a whole number from 1 to 100000.',
    ].join('\n'),
  ],
  [
    'a metric of another task',
    { 'mlwright.yml': configWith({ evaluate: 'metrics: [roc_auc, rmse]' }), 'data.csv': data },
    'error: models.m.evaluate: rmse does not measure classification; choose roc_auc, or another metric for it.',
  ],
  [
    'a slice that is no column',
    { 'mlwright.yml': configWith({ evaluate: 'metrics: [roc_auc]\n      slices: [pag]' }), 'data.csv': data },
    'error: models.m.evaluate.slices: the dataset visits has no column pag; did you mean page?',
  ],
] as const)('%s fails with one sentence', async (_, files, sentence) => {
  expectSentence(await type(project(files), 'run', 'experiment'), 1, sentence)
})

test('wrong use exits with 2', async () => {
  const folder = project({ 'mlwright.yml': configWith(), 'data.csv': data })
  expectSentence(
    await type(folder, 'validate', '--dataset', 'visit'),
    2,
    'mlwright.yml has no dataset visit; did you mean visits?',
  )
  expectSentence(await type(folder, 'train', '--model', 'n'), 2, 'mlwright.yml has no model n; ')
  expectSentence(
    await type(folder, 'evaluate', '--run', 'x', '--predictions', 'y.csv'),
    2,
    'Give one of `run`, `model-path` and `predictions`, not several.',
  )
})

test('publishing on a laptop is refused, and the runs there stay', async () => {
  const folder = project({ 'mlwright.yml': configWith(), 'data.csv': data, '.mlwright/latest/m': 'kept\n' })
  const typed = await type(folder, 'report', '--mode', 'publish')
  expectSentence(typed, 2, 'The mode `publish` is for a job on GitHub')
  expect(readFileSync(join(folder, '.mlwright/latest/m'), 'utf8')).toBe('kept\n')
})
