import { defineAction, input } from '@mlwright/action'
import { predict } from './predict.ts'

export default defineAction({
  name: 'predict',
  description:
    'Score a file, a folder, a glob or a query of data with a model, in constant memory; continues where it was interrupted.',
  inputs: {
    data: input.text('Path, folder or glob of the data: CSV, TSV, Parquet or JSON Lines, optionally .gz.'),
    query: input.text(
      'A SELECT over the table `data`, whose result is scored: `SELECT * FROM data WHERE active` (default: all of it).',
      { optional: true },
    ),
    'model-path': input.text(
      'Path of an ONNX model (default: that of the version that `model` names, such as `churn@v1.4.0`, else that of `run`).',
      { optional: true },
    ),
    run: input.text('Path of a run.json, or a run id (default: the latest run).', { optional: true }),
    output: input.text('Parquet file to write.', { default: '.mlwright/predictions.parquet' }),
    columns: input.text(
      'Columns of the data that stand beside the predictions, separated by commas; `all` or `none`.',
      {
        default: 'all',
      },
    ),
    shard: input.text('Part of the rows to score, such as `2/8` in a matrix of eight jobs (default: all rows).', {
      optional: true,
    }),
  },
  outputs: {
    predictions:
      'Path of the Parquet file: the columns of the data, `prediction`, `score` and one `score_<class>` per class.',
    rows: 'Rows that were scored.',
  },
  positional: ['model'],
  async run(inputs, ports) {
    const { path, rows, verdict, message, noun } = await predict(inputs, ports)
    return { verdict, message, summary: '', noun, outputs: { predictions: path, rows: String(rows) } }
  },
})
