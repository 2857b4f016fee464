/** One input or output of an ONNX model, as the model declares it; a dimension that is not fixed is null. */
export interface TensorInfo {
  readonly name: string
  /** ONNX element type in lower case: `float`, `double`, `string`, `int64`, `bool`; `other` for sequences and maps. */
  readonly type: string
  readonly shape: readonly (number | null)[]
}

/** A dense tensor, row-major. Types that have no array here travel in float64 (smaller integers, float16) or, as their bits, in int64 (uint64). */
export interface Tensor {
  readonly data: Float32Array | Float64Array | BigInt64Array | Uint8Array | readonly string[]
  readonly shape: readonly number[]
}

/** A loaded ONNX model. */
export interface Session {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
  readonly metadata: ReadonlyMap<string, string>
  run(feeds: ReadonlyMap<string, Tensor>): Promise<ReadonlyMap<string, Tensor>>
  close(): Promise<void>
}

/** Loads ONNX models. */
export interface Sessions {
  /** Throws `UserError` MODEL_INVALID when the bytes are not a model that can be run. */
  open(model: Uint8Array): Promise<Session>
}
