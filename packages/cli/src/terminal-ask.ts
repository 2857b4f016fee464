/** Asks on a terminal; an empty answer takes the suggestion. */
export function terminalAsk(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
  return async (question: string, suggestion: string): Promise<string> => {
    const { createInterface } = await import('node:readline/promises')
    const terminal = createInterface({ input, output })
    try {
      const answer = await terminal.question(`${question}${suggestion && ` [${suggestion}]`} `)
      return answer.trim() || suggestion
    } finally {
      terminal.close()
    }
  }
}
