/** A mean and a variance that are updated value by value (Welford, 1962). */
export class RunningMean {
  count = 0
  mean = 0
  #squares = 0

  add(value: number): void {
    this.count++
    const apart = value - this.mean
    this.mean += (1 / this.count) * apart
    this.#squares += apart * (value - this.mean)
  }

  /** With n − 1; 0 for fewer than two values. */
  get variance(): number {
    return this.count > 1 ? this.#squares / (this.count - 1) : 0
  }

  copy(): RunningMean {
    const copy = new RunningMean()
    copy.count = this.count
    copy.mean = this.mean
    copy.#squares = this.#squares
    return copy
  }
}
