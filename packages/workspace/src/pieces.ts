/** Takes a text apart from its beginning: `until(' ')` is what stands before the next space, or all that is left. */
export function pieces(text: string): { rest(): boolean; until(separator: string): string } {
  let at = 0
  return {
    rest: () => at < text.length,
    until(separator) {
      const found = text.indexOf(separator, at)
      const end = found < 0 ? text.length : found
      const piece = text.slice(at, end)
      at = end + separator.length
      return piece
    },
  }
}
