import type { TensorInfo } from '@mlwright/domain'
import type { ElementType } from '../tensors/element-type.ts'

/** A tensor that a model takes or answers. */
export interface ServedTensor extends TensorInfo {
  readonly element: ElementType
}
