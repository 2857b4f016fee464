import type { ColumnType, Run, Session, TensorInfo } from '@mlwright/domain'

/** Inputs and outputs of a model file, as its `Session` reads them. */
export type ModelSignature = Pick<Session, 'inputs' | 'outputs'>

const inputTypes: Readonly<Record<ColumnType, string>> = {
  number: 'float',
  boolean: 'float',
  string: 'string',
  date: 'double',
}

/** What a built-in trainer's model takes and answers, without opening it; null for a command's model. */
export function builtInSignature(run: Pick<Run, 'train' | 'features' | 'task' | 'classes'>): ModelSignature | null {
  if (!('algorithm' in run.train)) return null
  const tensor = (name: string, type: string, shape: TensorInfo['shape']): TensorInfo => ({ name, type, shape })
  return {
    inputs: run.features.map(({ name, type }) => tensor(name, inputTypes[type], [null, 1])),
    outputs:
      run.task === 'classification'
        ? [tensor('label', 'string', [null]), tensor('probabilities', 'float', [null, run.classes.length])]
        : [tensor('prediction', 'float', [null, 1])],
  }
}

/** Whether the model takes one named `[N,1]` tensor per feature, as FORMATS describes it. */
export function takesColumns(signature: ModelSignature, features: Run['features']): boolean {
  const names = new Set(features.map(({ name }) => name))
  return signature.inputs.every(({ name, shape }) => names.has(name) && shape.length === 2 && shape[1] === 1)
}
