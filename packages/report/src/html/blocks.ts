import type { Block } from '../block.ts'
import { chartSvg } from './chart-svg.ts'
import { escapeHtml, inlineHtml } from './inline.ts'

const aligns: Readonly<Record<string, string>> = { r: ' class="r"', c: ' class="c"' }

function tableHtml(block: Extract<Block, { kind: 'table' }>): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell, column) => `<${tag}${aligns[block.align[column] ?? 'l'] ?? ''}>${inlineHtml(cell)}</${tag}>`).join('')}</tr>`
  return `<div class="wide"><table><thead>${row(block.head, 'th')}</thead><tbody>${block.rows.map((cells) => row(cells, 'td')).join('\n')}</tbody></table></div>`
}

/** Blocks as HTML, every text escaped. */
export function blocksHtml(blocks: readonly Block[]): string {
  return blocks.map(blockHtml).join('\n')
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${inlineHtml(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${inlineHtml(block.text)}</p>`
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${inlineHtml(item)}</li>`).join('\n')}</ul>`
    case 'table':
      return tableHtml(block)
    case 'shell':
    case 'output':
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`
    case 'chart':
      return chartSvg(block.chart)
    case 'details':
      return `<details><summary>${escapeHtml(block.title)}</summary>\n${blocksHtml(block.blocks)}\n</details>`
  }
}
