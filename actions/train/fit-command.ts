import { writeRows } from '@mlwright/data'
import type { Ports } from '@mlwright/domain'
import type { ModelData } from '../common/model-data.ts'
import type { ModelInputs } from '../common/model-inputs.ts'
import { type Fit, failedFit } from '../common/run-record.ts'

const pickles = /\.(pkl|pickle|joblib|pt|pth|h5|keras|sav)$/

const exportLines = [
  'from skl2onnx import to_onnx',
  "onnx = to_onnx(model, X[:1], options={'zipmap': False})",
  "open(os.path.join(os.environ['MLWRIGHT_OUTPUT'], 'model.onnx'), 'wb').write(onnx.SerializeToString())",
].join('\n    ')

/** The numbers in a `metrics.json`; null where it is not a JSON object. */
function numbersOf(bytes: Uint8Array): Record<string, number> | null {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
  if (value === null || typeof value !== 'object') return null
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => Number.isFinite(entry[1])),
  )
}

/** Trains with the user's command: files and environment variables in, `model.onnx` out. */
export async function fitCommand(
  ports: Pick<Ports, 'clock' | 'engine' | 'process' | 'runner' | 'files'>,
  folder: string,
  inputs: ModelInputs,
  data: ModelData,
): Promise<Fit> {
  const { model } = inputs
  const { train } = model
  if (!('command' in train)) throw new Error('not a command trainer')
  const { files, runner } = ports
  const work = `.mlwright/work/${inputs.inputDigest.slice(0, 16)}`
  await files.remove(work)
  const at = (name: string) => files.absolute(`${work}/${name}`)
  await files.write(`${work}/output/.keep`, '')
  await files.write(`${work}/params.json`, JSON.stringify(train.params, null, 2))
  await files.write(`${work}/features.json`, JSON.stringify(data.features, null, 2))
  const columns = [...data.features.map((feature) => feature.name), model.target]
  for (const [part, rows] of [
    ['train', data.train],
    ['validation', data.validation],
  ] as const) {
    await writeRows(ports.engine, data.opened, { columns, rows, path: at(`${part}.parquet`) })
    await writeRows(ports.engine, data.opened, { columns, rows, path: at(`${part}.csv`) })
  }
  const started = ports.clock.now()
  const line = [train.setup, train.command].filter(Boolean).join('\n')
  const { code, timedOut } = await ports.process.run({
    line,
    cwd: folder,
    seconds: train.timeout_minutes * 60,
    onOutput: (chunk) => runner.untrusted(chunk),
    environment: {
      MLWRIGHT_TRAIN: at('train.parquet'),
      MLWRIGHT_TRAIN_CSV: at('train.csv'),
      MLWRIGHT_VALIDATION: at('validation.parquet'),
      MLWRIGHT_VALIDATION_CSV: at('validation.csv'),
      MLWRIGHT_PARAMS: at('params.json'),
      MLWRIGHT_FEATURES: at('features.json'),
      MLWRIGHT_TARGET: model.target,
      MLWRIGHT_TASK: model.task,
      MLWRIGHT_SEED: String(train.seed),
      MLWRIGHT_OUTPUT: at('output'),
      PYTHONUNBUFFERED: '1',
      PYTHONHASHSEED: String(train.seed),
    },
  })
  const seconds = (ports.clock.now().getTime() - started.getTime()) / 1000
  const failed = (failure: string) => failedFit(failure, seconds)
  if (timedOut)
    return failed(
      `\`${train.command}\` was stopped after ${train.timeout_minutes} minutes; raise \`train.timeout_minutes\` or make it faster.`,
    )
  if (code !== 0) return failed(`\`${train.command}\` ended with exit code ${code}; its last lines are in the log.`)
  const onnx = await files.read(`${work}/output/model.onnx`)
  if (onnx) {
    const metrics = await files.read(`${work}/output/metrics.json`)
    const reported_metrics = metrics ? numbersOf(metrics) : {}
    if (!reported_metrics)
      runner.log('metrics.json is left out: it is not a JSON object such as {"oob_accuracy": 0.74}.')
    return { model: onnx, importance: [], reported_metrics: reported_metrics ?? {}, failure: null, seconds }
  }
  const left = (await files.glob(`${work}/output/*`)).map((path) => path.slice(path.lastIndexOf('/') + 1))
  const pickle = left.find((name) => pickles.test(name))
  if (pickle)
    return failed(
      `The command left ${pickle}; loading a pickle runs whatever is in it, so mlwright takes ONNX only. With scikit-learn:\n    ${exportLines}`,
    )
  return failed(
    `The command left no model.onnx in $MLWRIGHT_OUTPUT${left.length ? ` (only ${left.join(', ')})` : ''}; write the ONNX model there.`,
  )
}
