import type { Chart } from './chart.ts'

/** One piece of a document. `text` is inline Markdown made of our own words and of what `code` and `link` return; a title is plain text of ours. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      /** One letter per column: `l`, `r` or `c`. */
      readonly align: string
      readonly rows: readonly (readonly string[])[]
    }
  | { readonly kind: 'shell'; readonly text: string }
  /** Lines that are not ours. */
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'chart'; readonly chart: Chart }
  | { readonly kind: 'details'; readonly title: string; readonly blocks: readonly Block[] }

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

export const list = (items: readonly string[]): Block => ({ kind: 'list', items })

export const table = (head: readonly string[], align: string, rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  head,
  align,
  rows,
})

export const details = (title: string, blocks: readonly Block[]): Block => ({ kind: 'details', title, blocks })
