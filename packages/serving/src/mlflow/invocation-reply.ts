import type { Tensor } from '@mlwright/domain'
import type { Reply } from '../http/reply.ts'
import type { ServedModel } from '../model/served-model.ts'
import { jsonData, nestedJson } from '../oip/json-data.ts'

/** A row of a tensor: a plain value where it holds one, else a list. */
function rowJson(model: ServedModel, at: number, tensor: Tensor, row: number): string {
  const { element } = model.outputs[at]!
  const size = tensor.data.length / tensor.shape[0]!
  const text = jsonData(element, tensor.data, row * size, (row + 1) * size)
  return size === 1 ? text.slice(1, -1) : text
}

/**
 * What MLflow's server answers: for a data frame one record per row (a plain value where there is one output), for
 * tensors one list per output.
 */
export function invocationReply(model: ServedModel, frame: boolean, tensors: readonly Tensor[], rows: number): Reply {
  const names = model.outputs.map(({ name }) => JSON.stringify(name))
  const byRow = tensors.every(({ shape }) => shape[0] === rows)
  if (!frame || !byRow) {
    const columns = tensors.map((tensor, at) => `${names[at]}:${nestedJson(model.outputs[at]!.element, tensor)}`)
    return { body: `{"predictions":{${columns.join(',')}}}` }
  }
  const records = Array.from({ length: rows }, (_, row) => {
    const values = tensors.map((tensor, at) => rowJson(model, at, tensor, row))
    return values.length === 1 ? values[0]! : `{${values.map((value, at) => `${names[at]}:${value}`).join(',')}}`
  })
  return { body: `{"predictions":[${records.join(',')}]}` }
}
