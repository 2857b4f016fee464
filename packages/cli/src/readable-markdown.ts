const esc = String.fromCharCode(27)
const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&nbsp;': ' ',
  '&quot;': '"',
}

const code = /^`[^`]+`$/
const marked = /[!<[*`&\\_]/

/** What a reader sees of one line: without markers, links and tags. */
function plain(text: string): string {
  if (code.test(text)) return text.slice(1, -1)
  if (!marked.test(text)) return text
  return text
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<br\s*\/?>/g, ' ')
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/\*\*((?:`[^`]+`|[^*`])+)\*\*/g, '$1')
    .replace(/(?<![\w`])_(missing|empty)_(?![\w`])/g, '$1')
    .replace(/(`+) ?(.+?) ?\1/g, '$2')
    .replace(/&[a-z]+;/g, (entity) => entities[entity] ?? entity)
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, '$1')
}

/** Columns that a terminal needs; pictures take two. */
const width = (text: string) => text.replace(/\p{Emoji_Presentation}|\p{Emoji}\ufe0f/gu, '  ').length

const cells = (row: string) =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.trim()))

function table(rows: readonly string[]): string[] {
  const alignment = cells(rows[1]!).map((cell) => cell.endsWith(':') && !cell.startsWith(':'))
  const body = [rows[0]!, ...rows.slice(2)].map(cells)
  const columns = Math.max(...body.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...body.map((row) => width(row[at] ?? ''))))
  const line = (row: readonly string[]) =>
    widths.map((wide, at) => {
      const cell = row[at] ?? ''
      const space = ' '.repeat(wide - width(cell))
      return alignment[at] ? space + cell : cell + space
    })
  const [head, ...rest] = body.map((row) => `  ${line(row).join('  ')}`.trimEnd())
  return [head!, `  ${widths.map((wide) => '-'.repeat(wide)).join('  ')}`, ...rest]
}

/** Markdown as a person reads it in a terminal: aligned tables, no markers, no charts. */
export function readableMarkdown(markdown: string, options: { readonly colour?: boolean } = {}): string {
  const lines = markdown.replace(/<!--[\s\S]*?-->/g, '').split('\n')
  const output: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const fence = /^(`{3,})(\w*)/.exec(line)
    if (fence) {
      const end = lines.findIndex((later, index) => index > at && later.startsWith(fence[1]!))
      const last = end < 0 ? lines.length : end
      if (fence[2] !== 'mermaid') output.push(...lines.slice(at + 1, last).map((code) => `    ${code}`))
      at = last
    } else if (line.trimStart().startsWith('|') && /^[\s|:-]+$/.test(lines[at + 1] ?? 'no')) {
      let end = at
      while (lines[end]?.trimStart().startsWith('|')) end++
      output.push(...table(lines.slice(at, end)))
      at = end - 1
    } else {
      const heading = /^#+ (.*)/.exec(line)
      const text = plain(heading ? heading[1]! : line)
      output.push(heading && options.colour ? `${esc}[1m${text}${esc}[0m` : text)
    }
  }
  return output
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd()
}
