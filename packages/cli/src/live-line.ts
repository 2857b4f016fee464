/** Where text for people goes: whole lines, and on a terminal one live line below them. */
export class LiveLine {
  readonly live: boolean
  readonly #stream: NodeJS.WritableStream
  readonly #width: () => number
  #text = ''

  constructor(stream: NodeJS.WritableStream & { isTTY?: boolean; columns?: number }) {
    this.#stream = stream
    this.live = stream.isTTY === true
    this.#width = () => stream.columns ?? 80
  }

  get width(): number {
    return this.#width()
  }

  /** Writes above the live line; text that does not end its line gives the live line up. */
  write(text: string): void {
    const again = this.#text
    this.draw('')
    this.#stream.write(text)
    if (text.endsWith('\n')) this.draw(again)
  }

  /** Writes to another stream; where both are the same terminal, with a line of space before. */
  above(stream: NodeJS.WritableStream & { isTTY?: boolean }, text: string): void {
    const again = this.#text
    this.draw('')
    stream.write(this.live && stream.isTTY === true ? `\n${text}` : text)
    this.draw(again)
  }

  /** Replaces the live line; `''` removes it. */
  draw(text: string): void {
    if (!this.live || (text === '' && this.#text === '')) return
    this.#text = text.slice(0, this.#width() - 1)
    this.#stream.write(`\r\x1b[K${this.#text}`)
  }
}
