import type { TensorInfo } from '@mlwright/domain'
import type { Packed } from '../tensors/packed.ts'

/** What a model says of itself once it is loaded. */
export interface ModelFacts {
  readonly inputs: readonly TensorInfo[]
  readonly outputs: readonly TensorInfo[]
  readonly metadata: ReadonlyMap<string, string>
}

/** To a worker. */
export type WorkerRequest = { readonly open: Uint8Array } | { readonly id: number; readonly feeds: Packed }

/** Why something failed; `known` errors are about the model or its inputs, others are bugs. */
export interface WorkerFailure {
  readonly message: string
  readonly known: boolean
}

/** From a worker; an answer holds the outputs that can be served, in the model's order. */
export type WorkerReply =
  | { readonly opened: ModelFacts }
  | { readonly id: number; readonly answer: Packed; readonly microseconds: number }
  | { readonly id: number | null; readonly failure: WorkerFailure }
