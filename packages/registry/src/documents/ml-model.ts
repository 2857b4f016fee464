import { type TensorInfo, UserError } from '@mlwright/domain'
import { digestUuid } from './digest-uuid.ts'
import { modelFile } from './model-file.ts'
import type { ReleaseFacts } from './release-facts.ts'
import { runTimes } from './run-times.ts'
import { yamlText } from './yaml-text.ts'

/** numpy's names; MLflow turns a DataFrame's text into `object`, and takes a dict of text only as that. */
const dtypes: Readonly<Record<string, string>> = {
  float: 'float32',
  double: 'float64',
  string: 'object',
  ...Object.fromEntries(
    ['bool', 'float16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'].map((type) => [
      type,
      type,
    ]),
  ),
}

/** A tensor in MLflow's words. */
export function tensorSpec({ name, type, shape }: TensorInfo) {
  const dtype = dtypes[type]
  if (dtype === undefined)
    throw new UserError(
      'MODEL_INVALID',
      `The model's ${name} is ${type}, which MLflow has no name for; let it be a tensor.`,
    )
  return { name, type: 'tensor', 'tensor-spec': { dtype, shape: shape.map((size) => size ?? -1) } }
}

/** A time as MLflow writes it: `2026-05-11 09:30:00.000000`. */
const mlflowTime = (time: Date) => time.toISOString().replace('T', ' ').replace('Z', '000')

/**
 * The file `MLmodel` that makes a folder with `model.onnx` a model of MLflow (flavours `onnx` and `python_function`).
 * Its signature is of tensors, since only then does MLflow reshape a DataFrame's columns to `[N,1]` and answer outputs of
 * different widths. Throws `UserError` MODEL_INVALID for an input or output that is no tensor.
 */
export function mlModel(facts: ReleaseFacts): string {
  const { run, signature, tag, version } = facts
  const { digest, bytes } = modelFile(facts)
  return yamlText({
    flavors: {
      onnx: { data: 'model.onnx', providers: ['CPUExecutionProvider'], code: null },
      python_function: { loader_module: 'mlflow.onnx', data: 'model.onnx' },
    },
    metadata: {
      model: run.model,
      version,
      tag,
      commit: facts.commit,
      run: run.id,
      sha256: digest,
      data_digest: run.dataset.digest,
      input_digest: run.input_digest,
    },
    model_size_bytes: bytes,
    model_uuid: digestUuid(`MLmodel ${tag} ${digest}`).replaceAll('-', ''),
    signature:
      signature === null
        ? undefined
        : {
            inputs: JSON.stringify(signature.inputs.map(tensorSpec)),
            outputs: JSON.stringify(signature.outputs.map(tensorSpec)),
            params: null,
          },
    utc_time_created: mlflowTime(runTimes(run).started),
  })
}
