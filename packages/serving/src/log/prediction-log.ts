import type { Tensor } from '@mlwright/domain'
import { readRow } from '../model/answer-layout.ts'
import type { ServedModel } from '../model/served-model.ts'
import type { Feed } from '../tensors/feed.ts'
import { unitHash } from '../traffic/unit-hash.ts'
import type { LineWriter } from './line-writer.ts'
import { rowInputs } from './row-inputs.ts'

export interface PredictionLogOptions {
  readonly writer: LineWriter
  /** Share of requests that are logged, by a hash of their id (default: 1). */
  readonly sample?: number
  /** Columns whose values are not logged. */
  readonly redact?: readonly string[]
  readonly now: () => Date
  readonly onDrop: (lines: number) => void
}

/** One answered request. */
export interface Answered {
  readonly id: string
  readonly model: ServedModel
  readonly feeds: readonly Feed[]
  readonly outputs: readonly Tensor[]
  readonly rows: number
  readonly milliseconds: number
}

/** Rows of one request that are logged; the rest counts as dropped. */
const mostRows = 1000

/**
 * The prediction log: one JSON line per row with request_id, timestamp, model, version, inputs, prediction, score and
 * latency_ms; `row` where a request has several. A shadow's line also says what the champion answered.
 */
export class PredictionLog {
  readonly #options: PredictionLogOptions
  readonly #redact: ReadonlySet<string>

  constructor(options: PredictionLogOptions) {
    this.#options = options
    this.#redact = new Set(options.redact)
  }

  /** Whether the request with this id is logged: the same for champion, shadow and feedback. */
  sampled(id: string): boolean {
    const { sample = 1 } = this.#options
    return sample >= 1 || unitHash(`log ${id}`) < sample
  }

  predicted(answered: Answered, champion: Answered | null = null): void {
    const { id, model, feeds, outputs, rows, milliseconds } = answered
    if (!this.sampled(id)) return
    const timestamp = this.#options.now().toISOString()
    const logged = Math.min(rows, mostRows)
    if (logged < rows) this.#options.onDrop(rows - logged)
    for (let row = 0; row < logged; row++) {
      const { prediction, score } = readRow(model.layout, model.outputs, outputs, row, rows)
      this.#line({
        request_id: id,
        timestamp,
        model: model.name,
        version: model.version,
        ...(rows > 1 && { row }),
        inputs: rowInputs(model, feeds, row, this.#redact),
        prediction,
        score,
        latency_ms: Math.round(milliseconds * 1000) / 1000,
        ...(champion && { shadow_of: this.#paired(champion, row) }),
      })
    }
  }

  /** A label that became known. */
  feedback(label: Readonly<Record<string, unknown>>): void {
    this.#line({ kind: 'feedback', timestamp: this.#options.now().toISOString(), ...label })
  }

  /** A change of the traffic policy, by whom. */
  policy(change: Readonly<Record<string, unknown>>): void {
    this.#line({ kind: 'policy', ...change })
  }

  #paired({ model, outputs, rows, milliseconds }: Answered, row: number) {
    const { prediction, score } = readRow(model.layout, model.outputs, outputs, row, rows)
    return { version: model.version, prediction, score, latency_ms: Math.round(milliseconds * 1000) / 1000 }
  }

  #line(value: unknown): void {
    this.#options.writer.write(JSON.stringify(value))
  }
}
