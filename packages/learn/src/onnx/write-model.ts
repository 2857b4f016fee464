import { create, toBinary } from '@bufbuild/protobuf'
import { type ColumnType, type Task, UserError, version } from '@mlwright/domain'
import { TensorProto_DataType as DataType, ModelProtoSchema, TypeProtoSchema } from 'onnx-buf'
import type { Graph } from './graph.ts'

const inputTypes: Record<ColumnType, DataType> = {
  number: DataType.FLOAT,
  boolean: DataType.FLOAT,
  string: DataType.STRING,
  date: DataType.DOUBLE,
}

/** What a model takes and answers; stamped into it as JSON under `mlwright.signature`. */
export interface Signature {
  readonly task: Task
  readonly classes: readonly string[]
  readonly features: readonly { readonly name: string; readonly type: ColumnType }[]
}

/** The names of the outputs that a task's model has. */
export function outputNames(task: Task): readonly string[] {
  return task === 'classification' ? ['label', 'probabilities'] : ['prediction']
}

function tensorValue(name: string, elemType: DataType, columns: number | null) {
  const rows = { value: { case: 'dimParam', value: 'N' } } as const
  const fixed = { value: { case: 'dimValue', value: BigInt(columns ?? 0) } } as const
  const type = create(TypeProtoSchema, {
    value: {
      case: 'tensorType',
      value: { elemType, shape: { dim: columns === null ? [rows] : [rows, fixed] } },
    },
  })
  return { name, type }
}

/** Refuses features whose names the model's own outputs need. Throws `UserError` CONFIG_INVALID. */
export function checkNames(signature: Signature): void {
  const taken = signature.features.filter(({ name }) => outputNames(signature.task).includes(name))
  if (taken.length > 0)
    throw new UserError(
      'CONFIG_INVALID',
      `The feature ${taken.map(({ name }) => name).join(', ')} has the name of an output of the model; rename the column or add it to features.exclude.`,
    )
}

/**
 * Writes a graph as an ONNX model (opset 21, ai.onnx.ml 5): one `[N,1]` input per feature; outputs `label` and
 * `probabilities [N,K]`, or `prediction [N,1]`. Metadata is written in the order of its keys, so the bytes follow from
 * the arguments alone.
 */
export function writeModel(graph: Graph, signature: Signature, metadata: Readonly<Record<string, string>>): Uint8Array {
  const { task, classes, features } = signature
  const stamped: Record<string, string> = {
    ...metadata,
    'mlwright.version': version,
    'mlwright.signature': JSON.stringify({
      task,
      classes,
      features: features.map(({ name, type }) => ({ name, type })),
    }),
  }
  const model = create(ModelProtoSchema, {
    irVersion: 10n,
    producerName: 'mlwright',
    producerVersion: version,
    opsetImport: [
      { domain: '', version: 21n },
      { domain: 'ai.onnx.ml', version: 5n },
    ],
    metadataProps: Object.keys(stamped)
      .sort()
      .map((key) => ({ key, value: stamped[key]! })),
    graph: {
      name: 'model',
      node: graph.nodes,
      initializer: graph.initializers,
      input: features.map(({ name, type }) => tensorValue(name, inputTypes[type], 1)),
      output:
        task === 'classification'
          ? [tensorValue('label', DataType.STRING, null), tensorValue('probabilities', DataType.FLOAT, classes.length)]
          : [tensorValue('prediction', DataType.FLOAT, 1)],
    },
  })
  return toBinary(ModelProtoSchema, model)
}
