import { markdownTable } from 'markdown-table'
import type { Block } from './block.ts'
import { mermaid } from './chart.ts'
import { fenced } from './code.ts'

/** A cell in which no pipe ends it. Where a backslash stands before a pipe, parsers disagree about `\\|`: a broken bar stands in. */
const cell = (text: string) => text.replace(/(\\*)\|/g, (_, slashes: string) => (slashes ? `${slashes}¦` : '\\|'))

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Blocks as GitHub-flavoured Markdown. */
export function toMarkdown(blocks: readonly Block[]): string {
  return blocks.map(blockMarkdown).join('\n\n')
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${block.text}`
    case 'paragraph':
      return block.text
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n')
    case 'table':
      return markdownTable(
        [block.head, ...block.rows].map((row) => row.map(cell)),
        { align: [...block.align], alignDelimiters: false },
      )
    case 'shell':
      return `\`\`\`sh\n${block.text}\n\`\`\``
    case 'output':
      return fenced(block.text)
    case 'chart':
      return `\`\`\`mermaid\n${mermaid(block.chart)}\n\`\`\``
    case 'details':
      return `<details>\n<summary>${escapeHtml(block.title)}</summary>\n\n${toMarkdown(block.blocks)}\n\n</details>`
  }
}
