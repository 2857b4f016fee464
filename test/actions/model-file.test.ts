import { MemoryFiles } from '@mlwright/action'
import { recordText } from '@mlwright/tracking'
import { expect, test } from 'vitest'
import { modelFile } from '../../actions/common/model-file.ts'
import { register } from '../../actions/register/register.ts'
import { run } from '../report/fixtures.ts'
import { candidateFiles, emptyWorld, merge, portsOf, pushEvent } from './races/world.ts'

test('a run knows the name of its model, a file does not', async () => {
  const folder = `.mlwright/runs/${run.id}`
  const world = emptyWorld()
  const files = new MemoryFiles({ [`${folder}/run.json`]: recordText(run), [`${folder}/model.onnx`]: 'model' })
  const ports = { ...portsOf(world, pushEvent('1'.repeat(40), 1, 1)), files }
  const found = (inputs: object) => modelFile({ config: 'mlwright.yml', ...inputs }, ports)
  expect(await found({ run: run.id })).toMatchObject({
    model: run.model,
    path: `${folder}/model.onnx`,
    version: null,
  })
  expect(await found({ modelPath: `${folder}/model.onnx` })).toMatchObject({ model: null, version: null })
})

test('a released version has the model of its release, as it was registered', async () => {
  const world = emptyWorld()
  const made = await merge(world, 1)
  const ports = portsOf(world, pushEvent(made.commit, 1, 1), await candidateFiles(made))
  await register(ports, { config: 'mlwright.yml', prefix: '', bump: 'auto', version: undefined })
  const found = (model: string) => modelFile({ config: 'mlwright.yml', model }, ports)
  expect(await found('churn@v0.0.1')).toEqual({
    path: 'churn@v0.0.1',
    bytes: Uint8Array.from(made.model),
    model: 'churn',
    version: 'v0.0.1',
  })
  await expect(found('churn@v9.0.0')).rejects.toThrow('churn@v9.0.0 has no release')
})
