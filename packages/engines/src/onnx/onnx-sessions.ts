import { fromHalf, type Sessions, type Tensor, type TensorInfo, toHalf, UserError } from '@mlwright/domain'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import type { NativeLoader, Natives } from '../natives/natives.ts'
import { modelMetadata } from './model-metadata.ts'

const typeNames: Readonly<Record<string, string>> = { float32: 'float', float64: 'double' }

function tensorInfo(metadata: InferenceSession.ValueMetadata): TensorInfo {
  if (!metadata.isTensor) return { name: metadata.name, type: 'other', shape: [] }
  const shape = metadata.shape.map((size) => (typeof size === 'number' ? size : null))
  return { name: metadata.name, type: typeNames[metadata.type] ?? metadata.type, shape }
}

/** Element types that a port's tensor carries in float64, which holds each of their values. */
const narrow = {
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
} as const

function toOrt(ort: Natives['onnxruntime-node'], tensor: Tensor, type: string | undefined): OrtTensor {
  const { data, shape } = tensor
  if (data instanceof Float32Array) return new ort.Tensor('float32', data, shape)
  if (data instanceof Float64Array) {
    if (type === 'float16') return new ort.Tensor('float16', Uint16Array.from(data, toHalf), shape)
    const array = narrow[type as keyof typeof narrow]
    return array
      ? new ort.Tensor(type as 'int32', array.from(data) as Int32Array, shape)
      : new ort.Tensor('float64', data, shape)
  }
  if (data instanceof BigInt64Array)
    return type === 'uint64'
      ? new ort.Tensor('uint64', BigUint64Array.from(data), shape)
      : new ort.Tensor('int64', data, shape)
  if (data instanceof Uint8Array) return new ort.Tensor(type === 'uint8' ? 'uint8' : 'bool', data, shape)
  return new ort.Tensor('string', [...data], shape)
}

function fromOrt(tensor: OrtTensor): Tensor {
  const { data, type, dims: shape } = tensor
  if (type === 'uint64') return { data: BigInt64Array.from(data as BigUint64Array), shape }
  if (type === 'float16' && data instanceof Uint16Array) return { data: Float64Array.from(data, fromHalf), shape }
  const kept =
    data instanceof Float32Array ||
    data instanceof Float64Array ||
    data instanceof BigInt64Array ||
    data instanceof Uint8Array ||
    Array.isArray(data)
  return { data: kept ? data : Float64Array.from(data as Int32Array, Number), shape }
}

const reason = (error: unknown) =>
  (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .slice(0, 300)
    .replace(/[.\s]+$/, '')

/** onnxruntime behind the Sessions port; nothing is loaded before the first model. */
export function onnxSessions(options: { readonly load: NativeLoader; readonly threads?: number }): Sessions {
  return {
    async open(model) {
      const ort = await options.load('onnxruntime-node')
      ort.env.logLevel = 'error'
      let session: InferenceSession
      let metadata: Map<string, string>
      try {
        session = await ort.InferenceSession.create(model, {
          intraOpNumThreads: options.threads ?? 1,
          interOpNumThreads: 1,
          logSeverityLevel: 3,
        })
        metadata = modelMetadata(model)
      } catch (error) {
        throw new UserError(
          'MODEL_INVALID',
          `The model is not an ONNX file that onnxruntime ${ort.env.versions.node ?? ''} can run (${reason(error)}); export it again.`,
          { cause: error },
        )
      }
      const inputs = session.inputMetadata.map(tensorInfo)
      const outputs = session.outputMetadata.map(tensorInfo)
      const types = new Map(inputs.map((input) => [input.name, input.type]))
      const dense = outputs.filter((output) => output.type !== 'other').map((output) => output.name)
      return {
        inputs,
        outputs,
        metadata,
        async run(feeds) {
          const given = Object.fromEntries(
            [...feeds].map(([name, tensor]) => [name, toOrt(ort, tensor, types.get(name))]),
          )
          const results = await session.run(given, dense).catch((error: unknown) => {
            throw new UserError('MODEL_INVALID', `The model could not be run on its inputs: ${reason(error)}.`, {
              cause: error,
            })
          })
          return new Map(dense.map((name) => [name, fromOrt(results[name]! as OrtTensor)]))
        },
        close: () => session.release(),
      }
    },
  }
}
