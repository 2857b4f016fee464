/** Where whole lines go; one chunk at a time, as UTF-8. */
export interface LineSink {
  write(chunk: Buffer): Promise<void>
  close(): Promise<void>
}

const most = 8 * 2 ** 20
/** Lines are gathered for so many milliseconds, or until there are so many bytes: each write wakes a thread. */
const pause = 50
const enough = 64 * 2 ** 10
const usual = 2 * enough
/** A character of a string takes at most three bytes. */
const widest = 3

/** Lines behind each other in memory that is larger than they are. */
interface Chunk {
  readonly memory: Buffer
  used: number
  lines: number
}

/** Hands lines to a sink without ever waiting for it: what does not fit into 8 MiB of memory is dropped and counted. */
export class LineWriter {
  readonly #sink: LineSink
  readonly #onDrop: (lines: number) => void
  readonly #onFail: (error: unknown) => void
  readonly #limit: number
  #chunks: Chunk[] = []
  #spare: Buffer | null = null
  #size = 0
  #gathering: NodeJS.Timeout | null = null
  #writing: Promise<void> | null = null
  #failing = false

  /** `onFail` is told when the sink begins to fail. */
  constructor(sink: LineSink, onDrop: (lines: number) => void, onFail: (error: unknown) => void, limit = most) {
    this.#sink = sink
    this.#onDrop = onDrop
    this.#onFail = onFail
    this.#limit = limit
  }

  write(line: string): void {
    if (this.#size + line.length > this.#limit) {
      this.#onDrop(1)
      return
    }
    // Each line becomes bytes at once: a line is put together from many parts, and to join lines would copy those once more.
    const chunk = this.#chunkFor(line.length * widest + 1)
    const start = chunk.used
    chunk.used += chunk.memory.write(line, start)
    chunk.memory[chunk.used++] = 10
    chunk.lines++
    this.#size += chunk.used - start
    this.#gather()
  }

  /** Writes what is left and closes the sink. */
  async close(): Promise<void> {
    while (this.#writing || this.#chunks.length > 0) {
      if (!this.#writing) this.#start()
      await this.#writing
    }
    await this.#sink.close()
  }

  #chunkFor(bytes: number): Chunk {
    const last = this.#chunks.at(-1)
    if (last && last.memory.length - last.used >= bytes) return last
    const memory = bytes <= usual ? (this.#spare ?? Buffer.allocUnsafeSlow(usual)) : Buffer.allocUnsafeSlow(bytes)
    if (memory === this.#spare) this.#spare = null
    const chunk = { memory, used: 0, lines: 0 }
    this.#chunks.push(chunk)
    return chunk
  }

  #gather(): void {
    if (this.#writing || this.#chunks.length === 0) return
    if (this.#size >= enough) this.#start()
    else this.#gathering ??= setTimeout(() => this.#start(), pause)
  }

  #start(): void {
    if (this.#gathering) clearTimeout(this.#gathering)
    this.#gathering = null
    const chunks = this.#chunks
    this.#chunks = []
    this.#writing = this.#drain(chunks).finally(() => {
      this.#writing = null
      this.#gather()
    })
  }

  async #drain(chunks: readonly Chunk[]): Promise<void> {
    for (const { memory, used, lines } of chunks) {
      try {
        await this.#sink.write(memory.subarray(0, used))
        this.#failing = false
      } catch (error) {
        this.#onDrop(lines)
        if (!this.#failing) this.#onFail(error)
        this.#failing = true
      }
      this.#size -= used
      if (memory.length === usual) this.#spare = memory
    }
  }
}
