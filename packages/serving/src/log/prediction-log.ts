import type { RowAnswer } from '../model/answer-layout.ts'
import type { ServedModel } from '../model/served-model.ts'
import type { Feed } from '../tensors/feed.ts'
import { unitHash } from '../traffic/unit-hash.ts'
import type { LineWriter } from './line-writer.ts'
import { rowInputsWriter } from './row-inputs.ts'

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
  readonly answers: readonly RowAnswer[]
  readonly milliseconds: number
}

/** Rows of one request that are logged; the rest counts as dropped. */
const mostRows = 1000
const rounded = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000
const answerText = ({ prediction, score }: RowAnswer) =>
  `"prediction":${JSON.stringify(prediction ?? null)},"score":${score === null || !Number.isFinite(score) ? 'null' : score}`

/**
 * The prediction log: one JSON line per row with request_id, timestamp, model, version, inputs, prediction, score and
 * latency_ms; `row` where a request has several. A shadow's line also says what the champion answered, as `shadow_of`.
 */
export class PredictionLog {
  readonly #options: PredictionLogOptions
  readonly #redact: ReadonlySet<string>
  readonly #inputs = new WeakMap<ServedModel, ReturnType<typeof rowInputsWriter>>()

  constructor(options: PredictionLogOptions) {
    this.#options = options
    this.#redact = new Set(options.redact)
  }

  /** Whether the request with this id is logged: the same for champion and shadow. */
  sampled(id: string): boolean {
    const { sample = 1 } = this.#options
    return sample >= 1 || unitHash(`log ${id}`) < sample
  }

  predicted(answered: Answered, champion: Answered | null = null): void {
    const { id, model, feeds, answers, milliseconds } = answered
    if (!this.sampled(id)) return
    const rows = answers.length
    const logged = Math.min(rows, mostRows)
    if (logged < rows) this.#options.onDrop(rows - logged)
    const inputs = this.#inputsOf(model)
    const timestamp = this.#options.now().toISOString()
    const named = `"model":${JSON.stringify(model.name)},"version":${JSON.stringify(model.version)}`
    const head = `{"request_id":${JSON.stringify(id)},"timestamp":"${timestamp}",${named}`
    const latency = `"latency_ms":${rounded(milliseconds)}`
    for (let row = 0; row < logged; row++) {
      const place = rows > 1 ? `,"row":${row}` : ''
      const pair = champion === null ? '' : `,"shadow_of":${this.#paired(champion, row)}`
      const text = `${head}${place},"inputs":${inputs(feeds, row)},${answerText(answers[row]!)},${latency}${pair}}`
      this.#options.writer.write(text)
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

  #paired({ model, answers, milliseconds }: Answered, row: number): string {
    return `{"version":${JSON.stringify(model.version)},${answerText(answers[row]!)},"latency_ms":${rounded(milliseconds)}}`
  }

  #inputsOf(model: ServedModel) {
    const known = this.#inputs.get(model)
    if (known) return known
    const made = rowInputsWriter(model, this.#redact)
    this.#inputs.set(model, made)
    return made
  }

  #line(value: unknown): void {
    this.#options.writer.write(JSON.stringify(value))
  }
}
