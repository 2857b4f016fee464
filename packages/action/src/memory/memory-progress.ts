import type { Progress } from '@mlwright/domain'

/** Remembers what was going on. */
export class MemoryProgress implements Progress {
  readonly sentences: string[] = []
  readonly details: string[] = []

  during<T>(sentence: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    this.sentences.push(sentence)
    return work((detail) => this.details.push(detail))
  }
}
