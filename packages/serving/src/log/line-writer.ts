/** Where whole lines go; one chunk at a time. */
export interface LineSink {
  write(chunk: string): Promise<void>
  close(): Promise<void>
}

const most = 8 * 2 ** 20
/** Lines are gathered for so many milliseconds, or until there are so many characters: each write wakes a thread. */
const pause = 50
const enough = 64 * 2 ** 10

/** Hands lines to a sink without ever waiting for it: what does not fit into 8 MiB of memory is dropped and counted. */
export class LineWriter {
  readonly #sink: LineSink
  readonly #onDrop: (lines: number) => void
  readonly #limit: number
  #lines: string[] = []
  #size = 0
  #gathering: NodeJS.Timeout | null = null
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
    if (this.#writing) return
    if (this.#size >= enough) this.#start()
    else this.#gathering ??= setTimeout(() => this.#start(), pause)
  }

  /** Writes what is left and closes the sink. */
  async close(): Promise<void> {
    if (this.#gathering) this.#start()
    await this.#writing
    await this.#sink.close()
  }

  #start(): void {
    if (this.#gathering) clearTimeout(this.#gathering)
    this.#gathering = null
    this.#writing = this.#drain().finally(() => {
      this.#writing = null
    })
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
  }
}
