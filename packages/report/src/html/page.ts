import type { Block } from '../block.ts'
import { blocksHtml } from './blocks.ts'
import { escapeHtml } from './inline.ts'
import { pageStyle } from './page-style.ts'

/** A page of its own, light or dark as the reader's system is; its policy lets nothing load and no script run. */
export function htmlPage(title: string, blocks: readonly Block[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
${blocksHtml(blocks)}
</main>
</body>
</html>
`
}
