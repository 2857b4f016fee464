import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

/** Markdown as GitHub's grammar reads it. */
export const rendered = (markdown: string): string =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })

/** What a reader sees outside of code, and what GitHub looks through for mentions and references. */
export const prose = (html: string): string => html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, '')
