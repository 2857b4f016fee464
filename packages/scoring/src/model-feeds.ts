import { type Batch, type Column, nearest, type Session, type Tensor, UserError } from '@mlwright/domain'

interface Feature {
  readonly name: string
  readonly type: Column['type']
}

const invalid = (message: string) => new UserError('MODEL_INVALID', message)

function textTensor(column: Column & { type: 'string' }, rows: Int32Array): Tensor {
  return { data: Array.from(rows, (row) => column.dictionary[column.codes[row]!] ?? ''), shape: [rows.length, 1] }
}

function numberTensor(column: Column & { values: Float64Array }, rows: Int32Array, type: string): Tensor {
  const shape = [rows.length, 1]
  if (type === 'bool') {
    const gap = rows.find((row) => Number.isNaN(column.values[row]!))
    if (gap !== undefined)
      throw invalid(`A model input is bool, and row ${gap + 1} misses its value; let the model take float.`)
    return { data: Uint8Array.from(rows, (row) => (column.values[row] === 0 ? 0 : 1)), shape }
  }
  if (type === 'double') return { data: Float64Array.from(rows, (row) => column.values[row]!), shape }
  if (type === 'int64') {
    const gap = rows.find((row) => !Number.isInteger(column.values[row]!))
    if (gap !== undefined)
      throw invalid(
        `A model input is int64, and row ${gap + 1} has ${column.values[gap]} there; let the model take float, which can be missing.`,
      )
    return { data: BigInt64Array.from(Array.from(rows, (row) => BigInt(column.values[row]!))), shape }
  }
  return { data: Float32Array.from(rows, (row) => column.values[row]!), shape }
}

function namedFeeds(session: Session, features: readonly Feature[], table: Batch) {
  const inputs = new Map(session.inputs.map((input) => [input.name, input]))
  const names = features.map((feature) => feature.name)
  const missing = session.inputs.filter((input) => !names.includes(input.name))
  const unused = names.filter((name) => !inputs.has(name))
  if (missing.length > 0) {
    const name = missing[0]!.name
    const near = nearest(name, unused)
    throw invalid(
      `The model asks for an input ${name} that is no feature${near ? ` (did you mean ${near}?)` : ''}; its inputs have to be the features, or one float tensor [N, ${features.length}].`,
    )
  }
  return (rows: Int32Array): Map<string, Tensor> => {
    const feeds = new Map<string, Tensor>()
    for (const { name } of features) {
      const input = inputs.get(name)
      if (!input) continue
      const column = table.columns.get(name)!
      const isText = column.type === 'string'
      if (isText !== (input.type === 'string'))
        throw invalid(
          `The model's input ${name} is ${input.type}, and the column holds ${isText ? 'text' : 'numbers'}; export the model for the column's own type.`,
        )
      feeds.set(name, isText ? textTensor(column, rows) : numberTensor(column, rows, input.type))
    }
    return feeds
  }
}

function matrixFeeds(session: Session, features: readonly Feature[], table: Batch) {
  const input = session.inputs[0]!
  const width = input.shape.at(-1)
  if (width !== null && width !== undefined && width !== features.length)
    throw invalid(
      `The model takes ${width} features, and mlwright.yml has ${features.length}; train on the columns of features.json, in their order.`,
    )
  const text = features.find((feature) => feature.type === 'string')
  if (text)
    throw invalid(
      `The model takes one tensor of numbers, and the feature ${text.name} holds text; encode it inside the model, with one input per column.`,
    )
  const columns = features.map(({ name }) => (table.columns.get(name) as { values: Float64Array }).values)
  return (rows: Int32Array): Map<string, Tensor> => {
    const size = rows.length * columns.length
    const data = input.type === 'double' ? new Float64Array(size) : new Float32Array(size)
    for (const [k, values] of columns.entries())
      for (let i = 0; i < rows.length; i++) data[i * columns.length + k] = values[rows[i]!]!
    return new Map([[input.name, { data, shape: [rows.length, columns.length] }]])
  }
}

/** How the features of some rows become the tensors that a model takes. */
export function modelFeeds(
  session: Session,
  features: readonly Feature[],
  table: Batch,
): (rows: Int32Array) => Map<string, Tensor> {
  const [only, ...others] = session.inputs
  if (!only) throw invalid('The model has no input.')
  const width = only.shape.length === 2 ? only.shape[1] : undefined
  const matrix =
    others.length === 0 &&
    only.type !== 'string' &&
    (width !== 1 || features.length === 1) &&
    !features.some((feature) => feature.name === only.name)
  return matrix ? matrixFeeds(session, features, table) : namedFeeds(session, features, table)
}
