import { MemoryFiles } from '@mlwright/action'
import { recordText } from '@mlwright/tracking'
import { expect, test } from 'vitest'
import { modelFile } from '../../actions/predict/model-file.ts'
import { run } from '../report/fixtures.ts'

test('a run knows the name of its model, a file does not', async () => {
  const folder = `.mlwright/runs/${run.id}`
  const files = new MemoryFiles({ [`${folder}/run.json`]: recordText(run), [`${folder}/model.onnx`]: 'model' })
  const found = (inputs: object) => modelFile({ config: 'mlwright.yml', ...inputs }, { files })
  expect(await found({ run: run.id })).toMatchObject({ model: run.model, path: `${folder}/model.onnx` })
  expect(await found({ modelPath: `${folder}/model.onnx` })).toMatchObject({ model: null })
})
