/** A pipe in a cell would end it; after a backslash parsers disagree, so a broken bar stands in there. */
const cell = (text: string) =>
  text.includes('|') ? text.replace(/(\\*)\|/g, (_, slashes: string) => (slashes ? `${slashes}¦` : '\\|')) : text

const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`

/** A table of GitHub-flavoured Markdown; `align` has a letter per column, `l` or `r`. */
export function markdownTable(head: readonly string[], align: string, rows: readonly (readonly string[])[]): string {
  const rule = [...align].map((letter) => (letter === 'r' ? '--:' : '---'))
  return [row(head), row(rule), ...rows.map(row)].join('\n')
}
