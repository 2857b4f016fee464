import { defineAction, input } from '@mlwright/action'
import { retrainStrategies } from '@mlwright/domain'
import { publishRetrainings, retrainModels } from './retrain-models.ts'
import { retrainOutputs } from './retrain-outcome.ts'

export default defineAction({
  name: 'retrain',
  description:
    'Train a model again where its data drifts, and propose the candidate in one pull request with the evidence.',
  inputs: {
    reason: input.text(
      'Path of the DriftReport (JSON) that asks for it (default: the newest of the model on the records branch).',
      { optional: true },
    ),
    strategy: input.choice(
      'What is trained on: old and new rows (`combined`), the newest of both (`window`), new rows (`new-only`), or each of these, of which the rule picks one (`all`). Default: `retrain.strategy` of the model, else `all`.',
      ['all', ...retrainStrategies],
      { optional: true },
    ),
    window: input.number(
      'Rows that `window` trains on (default: `retrain.window` of the model, else as many as it is trained on now).',
      { optional: true, min: 1 },
    ),
    mode: input.choice(
      'What this job may do: `prepare` trains, judges and uploads, for a job without write permissions; `publish` takes it from the artifact of that job and keeps the pull request; `all` does both in one job.',
      ['all', 'prepare', 'publish'],
      { default: 'all' },
    ),
    download: input.flag(
      'Run no command: take the candidates that a command left from the artifact of the job that ran it, to judge them here.',
      { default: false },
    ),
  },
  outputs: retrainOutputs,
  async run(inputs, ports) {
    if (inputs.mode === 'publish') return publishRetrainings(inputs, ports)
    return retrainModels(inputs, ports, inputs.mode === 'all')
  },
  positional: ['model'],
})
