import { defineAction, input } from '@mlwright/action'
import type { Run } from '@mlwright/domain'
import { renderTraining } from '@mlwright/report'
import { Records } from '@mlwright/tracking'
import { localPaths } from '../common/local-records.ts'
import { downloadTrained, uploadTrained } from './hand-over.ts'
import { trainModels } from './train-models.ts'

function trainingMessage({ model, failure, cache_hit, seconds, rows }: Run): string {
  if (failure !== null) return `${model}: ${failure}`
  const how = cache_hit ? 'restored from the cache' : `trained in ${seconds.fit.toFixed(1)} s`
  return `${model}: ${how} (${rows.train.toLocaleString('en-US')} rows).`
}

export default defineAction({
  name: 'train',
  description: 'Train a model on the training split, or restore what the same inputs gave before.',
  inputs: {
    baseline: input.flag('Also see to it that the base commit has a run to compare with.', { default: true }),
    download: input.flag(
      'Run no command: take the models that a command left from the artifact of the job that ran it, to judge them here.',
      { default: false },
    ),
    release: input.flag(
      'For a release: take the run that the merged pull request showed together with its model file, and train again only where that is gone.',
      { default: false },
    ),
  },
  outputs: {
    verdict: '`pass`, or `fail` where the trainer left no model.',
    run: 'Path of the Run (JSON).',
    'run-id': "The run's id.",
    'model-path': 'Path of the ONNX model.',
    'cache-hit': '`true` where nothing had to be trained.',
    'user-code': '`true` where a command was run; its model must be judged in another job.',
  },
  async run(inputs, ports) {
    const received = inputs.download
    if (received) await downloadTrained(ports, inputs)
    const { runs, userCode } = await trainModels({ ...inputs, received }, ports, new Records(ports.refs))
    if (userCode && ports.event.name !== 'local') await uploadTrained(ports, inputs)
    const lines = (text: (run: (typeof runs)[number]) => string) => runs.map(text).join('\n')
    const verdict = runs.some((run) => run.failure !== null) ? 'fail' : 'pass'
    return {
      verdict,
      message: lines(trainingMessage),
      summary: runs.map(renderTraining).join('\n\n'),
      noun: runs.length === 1 ? runs[0] : runs,
      outputs: {
        verdict,
        run: lines((run) => `${localPaths.run(run.id)}/run.json`),
        'run-id': lines((run) => run.id),
        'model-path': lines((run) => (run.model_file ? `${localPaths.run(run.id)}/model.onnx` : '')),
        'cache-hit': String(runs.every((run) => run.cache_hit)),
        'user-code': String(userCode),
      },
    }
  },
})
