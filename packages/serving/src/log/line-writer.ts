/** Where whole lines go; one chunk at a time. */
export interface LineSink {
  write(chunk: string): Promise<void>
  close(): Promise<void>
}

const most = 8 * 2 ** 20

/** Hands lines to a sink without ever waiting for it: what does not fit into 8 MiB of memory is dropped and counted. */
export class LineWriter {
  readonly #sink: LineSink
  readonly #onDrop: (lines: number) => void
  readonly #limit: number
  #lines: string[] = []
  #size = 0
  #writing: Promise<void> | null = null

  constructor(sink: LineSink, onDrop: (lines: number) => void, limit = most) {
    this.#sink = sink
    this.#onDrop = onDrop
    this.#limit = limit
  }

  write(line: string): void {
    if (this.#size + line.length > this.#limit) {
      this.#onDrop(1)
      return
    }
    this.#lines.push(line)
    this.#size += line.length
    this.#writing ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#drain())
  }

  /** Writes what is left and closes the sink. */
  async close(): Promise<void> {
    while (this.#writing) await this.#writing
    await this.#sink.close()
  }

  async #drain(): Promise<void> {
    while (this.#lines.length > 0) {
      const lines = this.#lines
      const size = this.#size
      this.#lines = []
      try {
        await this.#sink.write(`${lines.join('\n')}\n`)
      } catch {
        this.#onDrop(lines.length)
      }
      this.#size -= size
    }
    this.#writing = null
  }
}
