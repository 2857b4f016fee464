import { createInterface } from 'node:readline/promises'
import type { Ask } from '@mlwright/actions/init'

/** Asks on a terminal. */
export function terminalAsk(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Ask {
  return async (question, suggestion) => {
    const terminal = createInterface({ input, output })
    try {
      const answer = await terminal.question(`${question}${suggestion && ` [${suggestion}]`} `)
      return answer.trim() || suggestion
    } finally {
      terminal.close()
    }
  }
}
