import type { Progress } from '@mlwright/domain'

/** Milliseconds before the first line, and between lines. */
const patience = 1000
const pause = 30_000

/** Progress in a job's log: nothing for quick work, else a line at the start, every half minute, and at the end. */
export class LogProgress implements Progress {
  readonly #log: (line: string) => void

  constructor(log: (line: string) => void) {
    this.#log = log
  }

  async during<T>(sentence: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now()
    let next = started + patience
    let lines = 0
    let detail = ''
    const say = () => {
      const now = performance.now()
      if (now < next) return
      next = now + pause
      lines++
      this.#log(`${sentence}${detail && `: ${detail}`} …`)
    }
    const timer = setInterval(say, 250)
    try {
      return await work((text) => {
        detail = text
        say()
      })
    } finally {
      clearInterval(timer)
      if (lines > 0) this.#log(`${sentence}: ${Math.round((performance.now() - started) / 1000)} s`)
    }
  }
}
