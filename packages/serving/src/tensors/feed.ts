/** One input's elements before they are batched: numbers for float carriers and bytes, bigints for int64, text as it is. */
export interface Feed {
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly string[]
  readonly shape: readonly number[]
}

/** Elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1
  for (const dimension of shape) size *= dimension
  return size
}

/** Elements of one row: all dimensions but the first. */
export function rowSize(shape: readonly number[]): number {
  let size = 1
  for (let at = 1; at < shape.length; at++) size *= shape[at]!
  return size
}
