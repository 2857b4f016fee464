import type { Tensor } from '@mlwright/domain'
import type { Reply } from '../http/reply.ts'
import type { ServedModel } from '../model/served-model.ts'
import { writeBytes } from '../tensors/wire-bytes.ts'
import type { RequestedOutput } from './infer-request.ts'
import { jsonData } from './json-data.ts'

/** Writes an answer: JSON, and behind it the tensors that were asked for as bytes. */
export function inferResponse(
  model: ServedModel,
  id: string | null,
  requested: readonly RequestedOutput[],
  tensors: readonly Tensor[],
): Reply {
  const blobs: Buffer[] = []
  const outputs = requested.map(({ at, binary }) => {
    const { name, element } = model.outputs[at]!
    const tensor = tensors[at]!
    const head = `"name":${JSON.stringify(name)},"datatype":"${element.datatype}","shape":[${tensor.shape.join(',')}]`
    if (!binary) return `{${head},"data":${jsonData(element, tensor.data)}}`
    const bytes = writeBytes(element, tensor)
    blobs.push(bytes)
    return `{${head},"parameters":{"binary_data_size":${bytes.length}}}`
  })
  const named = `"model_name":${JSON.stringify(model.name)},"model_version":${JSON.stringify(model.version)}`
  const text = `{${named}${id === null ? '' : `,"id":${JSON.stringify(id)}`},"outputs":[${outputs.join(',')}]}`
  if (blobs.length === 0) return { body: text }
  const head = Buffer.from(text)
  return {
    type: 'application/octet-stream',
    headers: { 'Inference-Header-Content-Length': String(head.length) },
    body: Buffer.concat([head, ...blobs]),
  }
}
