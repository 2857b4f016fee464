import type { Annotation, Runner } from '@mlwright/domain'

/** Remembers what a job would have said. */
export class MemoryRunner implements Runner {
  readonly outputs = new Map<string, string>()
  readonly summaries: string[] = []
  readonly annotations: Annotation[] = []
  readonly lines: string[] = []
  readonly chunks: string[] = []
  readonly failures: string[] = []

  output(name: string, value: string): void {
    this.outputs.set(name, value)
  }

  async summary(markdown: string): Promise<void> {
    this.summaries.push(markdown)
  }

  annotate(annotations: readonly Annotation[]): void {
    this.annotations.push(...annotations)
  }

  log(line: string): void {
    this.lines.push(line)
  }

  untrusted(chunk: string): void {
    this.chunks.push(chunk)
  }

  fail(message: string): void {
    this.failures.push(message)
  }
}
