import type { Annotation, Runner } from '@mlwright/domain'
import { readableMarkdown } from './readable-markdown.ts'

const words = { failure: 'error', warning: 'warning', notice: 'note' } as const
const esc = String.fromCharCode(27)
// Colours and cursor movements of text that is not ours could hide what stands before it.
const controls = /\p{Cc}/gu

/** Where the text of a command goes, and whether it may have colours there. */
export interface TextTarget {
  write(text: string): void
  readonly colour?: boolean
}

/** Says to people what a job would say in its log. */
export class TerminalRunner implements Runner {
  readonly outputs = new Map<string, string>()
  readonly #said: TextTarget
  readonly #answer: TextTarget | null

  /** @param answer where the summary goes; null where nobody reads it. */
  constructor(said: TextTarget, answer: TextTarget | null = said) {
    this.#said = said
    this.#answer = answer
  }

  get readsSummaries(): boolean {
    return this.#answer !== null
  }

  output(name: string, value: string): void {
    this.outputs.set(name, value)
  }

  async summary(markdown: string): Promise<void> {
    this.#answer?.write(`${readableMarkdown(markdown, { colour: this.#answer.colour === true })}\n`)
  }

  annotate(annotations: readonly Annotation[]): void {
    for (const { level, message, location } of annotations) {
      const place = location ? `${location.file}:${location.line}:${location.column}: ` : ''
      this.#said.write(`${place}${this.#paint(level === 'failure' ? 31 : 33, words[level])}: ${message}\n`)
    }
  }

  log(line: string): void {
    this.#said.write(`${line}\n`)
  }

  untrusted(chunk: string): void {
    this.#said.write(chunk.replace(controls, (control) => ('\n\r\t'.includes(control) ? control : '')))
  }

  fail(message: string): void {
    this.#said.write(`${this.#paint(31, 'error')}: ${message}\n`)
  }

  #paint(colour: number, text: string): string {
    return this.#said.colour ? `${esc}[${colour}m${text}${esc}[0m` : text
  }
}
