import type { Annotation, Runner } from '@mlwright/domain'

const words = { failure: 'error', warning: 'warning', notice: 'note' } as const

/** Says on standard error what a job would say in its log. */
export class TerminalRunner implements Runner {
  readonly outputs = new Map<string, string>()
  readonly #write: (text: string) => void
  readonly #onSummary: (markdown: string) => void

  constructor(write: (text: string) => void, onSummary: (markdown: string) => void) {
    this.#write = write
    this.#onSummary = onSummary
  }

  output(name: string, value: string): void {
    this.outputs.set(name, value)
  }

  async summary(markdown: string): Promise<void> {
    this.#onSummary(markdown)
  }

  annotate(annotations: readonly Annotation[]): void {
    for (const { level, message, location } of annotations) {
      const place = location ? `${location.file}:${location.line}:${location.column}: ` : ''
      this.#write(`${place}${words[level]}: ${message}\n`)
    }
  }

  log(line: string): void {
    this.#write(`${line}\n`)
  }

  untrusted(chunk: string): void {
    this.#write(chunk)
  }

  fail(message: string): void {
    this.#write(`${message}\n`)
  }
}
