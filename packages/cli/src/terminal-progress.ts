import type { Progress } from '@mlwright/domain'

const spinner = ['-', '\\', '|', '/']

/** A live line on standard error for every step that takes longer than a second; plain lines where it is not a terminal. */
export class TerminalProgress implements Progress {
  readonly #stream: NodeJS.WriteStream

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
  }

  async during<T>(sentence: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now()
    let drawn = 0
    let shown = started
    let detail = ''
    const draw = () => {
      const now = performance.now()
      const pause = this.#stream.isTTY ? 100 : 10_000
      if (now - started < 1000 || (drawn > 0 && now - shown < pause)) return
      shown = now
      const line = `${sentence}${detail && `: ${detail}`} (${Math.round((now - started) / 1000)} s)`
      const width = this.#stream.columns ?? 80
      this.#stream.write(this.#stream.isTTY ? `\r\x1b[K${spinner[drawn % 4]} ${line.slice(0, width - 3)}` : `${line}\n`)
      drawn++
    }
    const timer = setInterval(draw, 200)
    try {
      return await work((text) => {
        detail = text
        draw()
      })
    } finally {
      clearInterval(timer)
      if (drawn > 0 && this.#stream.isTTY) this.#stream.write('\r\x1b[K')
    }
  }
}
