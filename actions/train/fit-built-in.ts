import type { Ports } from '@mlwright/domain'
import { fit } from '@mlwright/learn'
import { canonicalJson } from '@mlwright/tracking'
import type { ModelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import type { Fit } from '../common/run-record.ts'

/** Trains with a built-in algorithm. */
export async function fitBuiltIn(
  ports: Pick<Ports, 'clock' | 'progress'>,
  inputs: ModelInputs,
  data: ModelData,
): Promise<Fit> {
  const { model, name } = inputs
  const { train } = model
  if (!('algorithm' in train)) throw new Error('not a built-in trainer')
  const started = ports.clock.now()
  const fitted = await ports.progress.during(`Training ${name} (${train.algorithm})`, (update) =>
    fit(
      train.algorithm,
      train.params,
      train.seed,
      {
        table: data.table,
        rows: data.train,
        validation: data.validation,
        labels: data.labels,
        task: model.task,
        classes: data.classes,
        features: data.features,
      },
      {
        'mlwright.input_digest': inputs.inputDigest,
        'mlwright.data_digest': inputs.dataDigest,
        'mlwright.params': canonicalJson({ algorithm: train.algorithm, params: train.params, seed: train.seed }),
      },
      (done, total) => update(`round ${done} of ${total}`),
    ),
  )
  const seconds = (ports.clock.now().getTime() - started.getTime()) / 1000
  return { model: fitted.model, importance: fitted.importance, reported_metrics: {}, failure: null, seconds }
}
