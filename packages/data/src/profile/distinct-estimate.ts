const bits = 11
const registers = 1 << bits

/** Estimates how many different numbers there were, to about 2.3 %. Flajolet et al. (2007), AofA, 127–146: HyperLogLog. */
export class DistinctEstimate {
  readonly #longest = new Uint8Array(registers)
  readonly #number = new Float64Array(1)
  readonly #words = new Uint32Array(this.#number.buffer)

  add(value: number): void {
    this.#number[0] = value + 0
    let hash = Math.imul(this.#words[0]! ^ 0x9e3779b9, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15) ^ this.#words[1]!, 0xc2b2ae35)
    hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f)
    hash ^= hash >>> 16
    const register = hash >>> (32 - bits)
    const rank = Math.clz32((hash << bits) | (1 << (bits - 1))) + 1
    if (rank > this.#longest[register]!) this.#longest[register] = rank
  }

  count(): number {
    let sum = 0
    let empty = 0
    for (const rank of this.#longest) {
      sum += 2 ** -rank
      if (rank === 0) empty++
    }
    const raw = ((0.7213 / (1 + 1.079 / registers)) * registers ** 2) / sum
    if (raw <= 2.5 * registers && empty > 0) return Math.round(registers * Math.log(registers / empty))
    // A hash of 32 bits begins to repeat itself near its size.
    return Math.round(raw <= 2 ** 32 / 30 ? raw : -(2 ** 32) * Math.log(1 - raw / 2 ** 32))
  }
}
