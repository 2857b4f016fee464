import { version } from '@mlwright/domain'
import type { ServedModel } from '../model/served-model.ts'
import type { ServedTensor } from '../model/served-tensor.ts'

/** Answer to `GET /v2`. */
export const serverMetadata = { name: 'mlwright', version, extensions: ['binary_tensor_data'] } as const

const describe = ({ name, element, shape }: ServedTensor) => ({
  name,
  datatype: element.datatype,
  shape: shape.map((size) => size ?? -1),
})

/** Answer to `GET /v2/models/{name}`. */
export function modelMetadata(model: ServedModel, versions: readonly string[]) {
  return {
    name: model.name,
    versions,
    platform: 'onnx_onnxv1',
    inputs: model.inputs.map(describe),
    outputs: model.outputs.map(describe),
  }
}
