import type { Annotation, Runner } from '@mlwright/domain'
import { readableMarkdown } from './readable-markdown.ts'

const words = { failure: 'error', warning: 'warning', notice: 'note' } as const
const esc = String.fromCharCode(27)
// Colours and cursor movements of text that is not ours could hide what stands before it.
const controls = /\p{Cc}/gu

/** Says to people what a job would say in its log. */
export class TerminalRunner implements Runner {
  readonly outputs = new Map<string, string>()
  readonly #write: (text: string) => void
  readonly readsSummaries: boolean
  readonly #colour: boolean

  constructor(
    write: (text: string) => void,
    { colour = false, summaries = true }: { readonly colour?: boolean; readonly summaries?: boolean } = {},
  ) {
    this.#write = write
    this.#colour = colour
    this.readsSummaries = summaries
  }

  output(name: string, value: string): void {
    this.outputs.set(name, value)
  }

  async summary(markdown: string): Promise<void> {
    this.#write(`\n${readableMarkdown(markdown, { colour: this.#colour })}\n`)
  }

  annotate(annotations: readonly Annotation[]): void {
    for (const { level, message, location } of annotations) {
      const place = location ? `${location.file}:${location.line}:${location.column}: ` : ''
      this.#write(`${place}${this.#paint(level === 'failure' ? 31 : 33, words[level])}: ${message}\n`)
    }
  }

  log(line: string): void {
    this.#write(`${line}\n`)
  }

  untrusted(chunk: string): void {
    this.#write(chunk.replace(controls, (control) => ('\n\r\t'.includes(control) ? control : '')))
  }

  fail(message: string): void {
    this.#write(`${this.#paint(31, 'error')}: ${message}\n`)
  }

  #paint(colour: number, text: string): string {
    return this.#colour ? `${esc}[${colour}m${text}${esc}[0m` : text
  }
}
