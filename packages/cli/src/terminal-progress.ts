import type { Progress } from '@mlwright/domain'
import type { LiveLine } from './live-line.ts'

const spinner = ['-', '\\', '|', '/']
const silence = 1000
/** Where nothing is live, a line now and then. */
const pause = 10_000

/** A live line for every step that takes longer than a second; plain lines where the output is not a terminal. */
export class TerminalProgress implements Progress {
  readonly #line: LiveLine
  readonly #now: () => number

  constructor(line: LiveLine, now: () => number = () => performance.now()) {
    this.#line = line
    this.#now = now
  }

  async during<T>(sentence: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    const started = this.#now()
    let next = started + silence
    let drawn = 0
    let detail = ''
    const draw = () => {
      const now = this.#now()
      if (now < next) return
      next = now + (this.#line.live ? 100 : pause)
      const text = `${sentence}${detail && `: ${detail}`} (${Math.round((now - started) / 1000)} s)`
      if (this.#line.live) this.#line.draw(`${spinner[drawn % spinner.length]} ${text}`)
      else this.#line.write(`${text}\n`)
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
      this.#line.draw('')
    }
  }
}
