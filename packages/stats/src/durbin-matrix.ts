type Matrix = Float64Array

function multiply(a: Matrix, b: Matrix, size: number): Matrix {
  const product = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!
      if (factor === 0) continue
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!
    }
  return product
}

/** Durbin's matrix for d = (k − h) / n, as Marsaglia, Tsang and Wang write it. */
function transitions(k: number, h: number): Matrix {
  const size = 2 * k - 1
  const matrix = new Float64Array(size * size)
  const inverseFactorial = new Float64Array(size + 1)
  inverseFactorial[0] = 1
  for (let i = 1; i <= size; i++) inverseFactorial[i] = inverseFactorial[i - 1]! / i
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= Math.min(i + 1, size - 1); j++) matrix[i * size + j] = inverseFactorial[i - j + 1]!
  for (let i = 0; i < size; i++) {
    const corner = h ** (i + 1) * inverseFactorial[i + 1]!
    matrix[i * size]! -= corner
    matrix[(size - 1) * size + (size - 1 - i)]! -= corner
  }
  if (2 * h > 1) matrix[(size - 1) * size]! += (2 * h - 1) ** size * inverseFactorial[size]!
  return matrix
}

const block = 2 ** 128

/**
 * Probability that the two-sided Kolmogorov–Smirnov statistic of n values is at most d.
 * Marsaglia, Tsang and Wang (2003), Journal of Statistical Software 8(18).
 */
export function durbinMatrix(n: number, d: number): number {
  const k = Math.ceil(n * d)
  const size = 2 * k - 1
  const centre = (k - 1) * size + (k - 1)
  let power = transitions(k, k - n * d)
  let powerBlocks = 0
  let product: Matrix | null = null
  let blocks = 0
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      product = product === null ? power : multiply(product, power, size)
      blocks += powerBlocks
    }
    power = multiply(power, power, size)
    powerBlocks *= 2
    if (power[centre]! > block) {
      power = power.map((value) => value / block)
      powerBlocks++
    }
  }
  let probability = product![centre]!
  for (let i = 1; i <= n; i++) {
    probability *= i / n
    if (probability < 1 / block) {
      probability *= block
      blocks--
    }
  }
  return probability * block ** blocks
}
