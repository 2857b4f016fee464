import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { model, node, tensorType } from '../engines/onnx-bytes.ts'
import { configWith, expectSentence, type ProjectFiles, project, type, visits } from './project.ts'

/** A project whose model is trained by this command, with its experiment run. */
async function experiment(command: string, files: ProjectFiles = {}, more = '') {
  const config = configWith({ train: `command: ${JSON.stringify(command)}${more}` })
  const folder = project({ 'mlwright.yml': config, 'data.csv': visits(), ...files })
  return { folder, typed: await type(folder, 'run', 'experiment') }
}

const identity = (input: string, width: number) =>
  model({
    nodes: [node('Identity', [input], ['out'])],
    inputs: [tensorType(input, 1, ['N', width])],
    outputs: [tensorType('out', 1, ['N', width])],
  })

test.each([
  [
    'exits with 1',
    'echo half way; exit 1',
    '`echo half way; exit 1` ended with exit code 1; its last lines are in the log.',
  ],
  ['is no program', 'no-such-program', '`no-such-program` ended with exit code 127; its last lines are in the log.'],
  ['leaves nothing', 'true', 'The command left no model.onnx in $MLWRIGHT_OUTPUT; write the ONNX model there.'],
  [
    'leaves something else',
    'echo x > $MLWRIGHT_OUTPUT/model.txt',
    'The command left no model.onnx in $MLWRIGHT_OUTPUT (only model.txt); write the ONNX model there.',
  ],
  [
    'leaves a pickle',
    'echo x > $MLWRIGHT_OUTPUT/model.pkl',
    'The command left model.pkl; loading a pickle runs whatever is in it, so mlwright takes ONNX only. With scikit-learn:\n    from skl2onnx import to_onnx\n',
  ],
  ['leaves an empty model', ': > $MLWRIGHT_OUTPUT/model.onnx', 'The model is not an ONNX file that onnxruntime '],
  ['leaves a broken model', 'echo x > $MLWRIGHT_OUTPUT/model.onnx', 'The model is not an ONNX file that onnxruntime '],
])('a command that %s leaves no model to judge, and the report says why', async (_, command, reason) => {
  const { folder, typed } = await experiment(command)
  expectSentence(typed, 1, `m: there is no model to judge. ${reason}`)
  expect(readFileSync(join(folder, '.mlwright/report.md'), 'utf8')).toMatch(
    reason.startsWith('The model') ? /its model cannot be judged/ : /training left no model/,
  )
  for (const run of readdirSync(join(folder, '.mlwright/runs')))
    expect(existsSync(join(folder, '.mlwright/runs', run, 'evaluation.json'))).toBe(false)
})

test('a command that hangs is stopped after its time', async () => {
  const { typed } = await experiment('echo slow; sleep 600', {}, '\n      timeout_minutes: 0.01')
  const reason =
    '`echo slow; sleep 600` was stopped after 0.01 minutes; raise `train.timeout_minutes` or make it faster.'
  expectSentence(typed, 1, `m: there is no model to judge. ${reason}`)
})

test.each([
  [
    'other names',
    identity('colour', 1),
    'The model asks for an input colour that is no feature; its inputs have to be the features, or one float tensor [N, 2].',
  ],
  [
    'another width',
    identity('x', 7),
    'The model takes 7 features, and mlwright.yml has 2; train on the columns of features.json, in their order.',
  ],
])('a model whose inputs have %s is refused with what they have to be', async (_, onnx, reason) => {
  const { typed } = await experiment('cp other.onnx $MLWRIGHT_OUTPUT/model.onnx', { 'other.onnx': onnx })
  expectSentence(typed, 1, `m: there is no model to judge. ${reason}`)
})

test('says what a command printed as it came', async () => {
  const { typed } = await experiment('echo first; echo second >&2; exit 3')
  expect(typed.said).toMatch(/^first\nsecond\n/m)
})
