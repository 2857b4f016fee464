/** Returns the value at `theta` and overwrites `gradient`. */
export type Differentiable = (theta: Float64Array, gradient: Float64Array) => number

const MEMORY = 10

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** a += factor * b */
function addTo(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!
}

interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly curvature: number
}

/** The two-loop recursion: the inverse Hessian's estimate times the gradient, negated. */
function direction(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const result = gradient.map((value) => -value)
  const factors = new Float64Array(pairs.length)
  for (let i = pairs.length - 1; i >= 0; i--) {
    factors[i] = dot(pairs[i]!.step, result) / pairs[i]!.curvature
    addTo(result, -factors[i]!, pairs[i]!.change)
  }
  const last = pairs.at(-1)
  if (last) {
    const scale = last.curvature / dot(last.change, last.change)
    for (let i = 0; i < result.length; i++) result[i]! *= scale
  }
  for (let i = 0; i < pairs.length; i++)
    addTo(result, factors[i]! - dot(pairs[i]!.change, result) / pairs[i]!.curvature, pairs[i]!.step)
  return result
}

/**
 * Minimises a convex function from zero by limited-memory BFGS with backtracking, until no derivative exceeds `tolerance`
 * or after `iterations`. Source: Nocedal & Wright 2006, algorithms 7.4, 7.5 and 3.1.
 */
export function lbfgs(of: Differentiable, size: number, iterations: number, tolerance: number): Float64Array {
  let theta = new Float64Array(size)
  let gradient = new Float64Array(size)
  let value = of(theta, gradient)
  const pairs: Pair[] = []
  for (let iteration = 0; iteration < iterations; iteration++) {
    let largest = 0
    for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(gradient[i]!))
    if (largest <= tolerance) break
    const towards = direction(gradient, pairs)
    const slope = dot(gradient, towards)
    let length = pairs.length === 0 ? Math.min(1, 1 / largest) : 1
    let moved = theta
    let next = value
    const derivative = new Float64Array(size)
    for (let tries = 0; tries < 60; tries++, length /= 2) {
      moved = theta.slice()
      addTo(moved, length, towards)
      next = of(moved, derivative)
      if (next <= value + 1e-4 * length * slope) break
    }
    if (!(next < value)) break
    const step = moved.slice()
    addTo(step, -1, theta)
    const change = derivative.slice()
    addTo(change, -1, gradient)
    const curvature = dot(step, change)
    if (curvature > 0) pairs.push({ step, change, curvature })
    if (pairs.length > MEMORY) pairs.shift()
    theta = moved
    gradient = derivative
    value = next
  }
  return theta
}
