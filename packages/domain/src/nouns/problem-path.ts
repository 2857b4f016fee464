/** Where an action leaves its problem for the report. */
export function problemPath(action: string): string {
  return `.mlwright/problems/${action}.json`
}
