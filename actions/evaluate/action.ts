import { defineAction, input } from '@mlwright/action'
import { worst } from '@mlwright/domain'
import { renderEvaluation } from '@mlwright/report'

export default defineAction({
  name: 'evaluate',
  description: 'Judge a model on its test split, against its gates and against the baseline.',
  inputs: {
    run: input.text('Path of a run.json, or a run id (default: the latest run of each model).', { optional: true }),
    'model-path': input.text('Path of an ONNX model to judge in place of a run.', { optional: true }),
    dataset: input.text('Dataset for `model-path`, all of whose rows are scored (default: the test split).', {
      optional: true,
    }),
    predictions: input.text(
      'CSV or Parquet file that any tool wrote: a `label` column, and `prediction`, or `score`, or one `score_<class>` per class.',
      { optional: true },
    ),
    task: input.choice('Task of `predictions` where mlwright.yml does not say it.', ['classification', 'regression'], {
      optional: true,
    }),
    positive: input.text('Positive class of `predictions` where mlwright.yml does not say it.', { optional: true }),
  },
  outputs: {
    verdict: '`pass`, `warn` or `fail`.',
    evaluation: 'Path of the Evaluation (JSON); one line each for several models.',
  },
  async run(inputs, ports) {
    const { evaluate } = await import('./evaluate.ts')
    const judged = await evaluate(inputs, ports)
    const verdict = worst(judged.map((result) => result.verdict))
    const evaluations = judged.flatMap((result) => result.evaluation ?? [])
    return {
      verdict,
      message: judged.map((result) => result.message).join('\n'),
      summary: evaluations.map(renderEvaluation).join('\n\n'),
      noun: evaluations.length === 1 ? evaluations[0] : evaluations,
      outputs: { verdict, evaluation: judged.flatMap((result) => result.path ?? []).join('\n') },
    }
  },
})
