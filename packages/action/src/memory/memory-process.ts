import type { Command, Process } from '@mlwright/domain'

type Answer = { readonly code: number | null; readonly timedOut: boolean }

/** Answers for programs instead of running them, and remembers what was asked. */
export class MemoryProcess implements Process {
  readonly commands: Command[] = []
  readonly #answer: (command: Command) => Answer | Promise<Answer>

  constructor(answer: (command: Command) => Answer | Promise<Answer> = () => ({ code: 0, timedOut: false })) {
    this.#answer = answer
  }

  async run(command: Command): Promise<Answer> {
    this.commands.push(command)
    return this.#answer(command)
  }
}
