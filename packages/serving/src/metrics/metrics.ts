interface Family {
  readonly name: string
  render(): string
}

const quoted = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

function labelText(names: readonly string[], values: readonly string[], more = ''): string {
  const parts = names.map((name, at) => `${name}="${quoted(values[at]!)}"`)
  if (more !== '') parts.push(more)
  return parts.length > 0 ? `{${parts.join(',')}}` : ''
}

export class Counter implements Family {
  readonly name: string
  readonly #help: string
  readonly #labels: readonly string[]
  readonly #cells = new Map<string, { values: readonly string[]; total: number }>()

  constructor(name: string, help: string, labels: readonly string[]) {
    this.name = name
    this.#help = help
    this.#labels = labels
    if (labels.length === 0) this.add([], 0)
  }

  add(values: readonly string[], amount = 1): void {
    const key = values.join('\u0000')
    const cell = this.#cells.get(key)
    if (cell) cell.total += amount
    else this.#cells.set(key, { values, total: amount })
  }

  render(): string {
    const lines = [...this.#cells.values()].map(
      ({ values, total }) => `${this.name}${labelText(this.#labels, values)} ${total}`,
    )
    return [`# HELP ${this.name} ${this.#help}`, `# TYPE ${this.name} counter`, ...lines].join('\n')
  }
}

export class Histogram implements Family {
  readonly name: string
  readonly #help: string
  readonly #labels: readonly string[]
  readonly #bounds: readonly number[]
  readonly #cells = new Map<string, { values: readonly string[]; counts: number[]; sum: number }>()

  constructor(name: string, help: string, labels: readonly string[], bounds: readonly number[]) {
    this.name = name
    this.#help = help
    this.#labels = labels
    this.#bounds = bounds
  }

  observe(values: readonly string[], value: number): void {
    const key = values.join('\u0000')
    let cell = this.#cells.get(key)
    if (!cell) {
      cell = { values, counts: new Array<number>(this.#bounds.length + 1).fill(0), sum: 0 }
      this.#cells.set(key, cell)
    }
    let at = 0
    while (at < this.#bounds.length && value > this.#bounds[at]!) at++
    cell.counts[at]!++
    cell.sum += value
  }

  render(): string {
    const lines = [...this.#cells.values()].flatMap(({ values, counts, sum }) => {
      let below = 0
      const buckets = counts.map((count, at) => {
        below += count
        return `${this.name}_bucket${labelText(this.#labels, values, `le="${this.#bounds[at] ?? '+Inf'}"`)} ${below}`
      })
      const labels = labelText(this.#labels, values)
      return [...buckets, `${this.name}_sum${labels} ${sum}`, `${this.name}_count${labels} ${below}`]
    })
    return [`# HELP ${this.name} ${this.#help}`, `# TYPE ${this.name} histogram`, ...lines].join('\n')
  }
}

class Gauge implements Family {
  readonly name: string
  readonly #help: string
  readonly #read: () => number

  constructor(name: string, help: string, read: () => number) {
    this.name = name
    this.#help = help
    this.#read = read
  }

  render(): string {
    return `# HELP ${this.name} ${this.#help}\n# TYPE ${this.name} gauge\n${this.name} ${this.#read()}`
  }
}

/** Metrics in Prometheus' text format 0.0.4. */
export class Metrics {
  readonly #families: Family[] = []

  counter(name: string, help: string, labels: readonly string[] = []): Counter {
    return this.#keep(new Counter(name, help, labels))
  }

  histogram(name: string, help: string, labels: readonly string[], bounds: readonly number[]): Histogram {
    return this.#keep(new Histogram(name, help, labels, bounds))
  }

  /** A number that is read when somebody asks. */
  gauge(name: string, help: string, read: () => number): void {
    this.#keep(new Gauge(name, help, read))
  }

  render(): string {
    return `${this.#families.map((family) => family.render()).join('\n')}\n`
  }

  #keep<F extends Family>(family: F): F {
    this.#families.push(family)
    return family
  }
}
