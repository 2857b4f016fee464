import { oneLine } from '../code.ts'
import { codeHtml, html, type Markup, nothing } from '../html/markup.ts'
import { fmtNumber, none } from '../numbers.ts'
import { fmtMoment } from './moment.ts'

/** What a cell shows, and what its column is sorted by; null stands last. */
export interface Cell {
  readonly shown: Markup
  readonly key: number | string | null
}

export interface TableColumn {
  readonly head: Markup
  /** How the first press on its head sorts it (default: ascending). */
  readonly first?: 'ascending' | 'descending'
  /** It holds pictures, which have no order. */
  readonly unsorted?: boolean
}

export interface DataTable {
  readonly id: string
  readonly caption: Markup
  readonly columns: readonly TableColumn[]
  /** The first cell of a row is its head. */
  readonly rows: readonly (readonly Cell[])[]
  /** Rows sort by the column whose head is pressed; they stand sorted by the one at this position. */
  readonly sorted?: { readonly column: number; readonly direction: 'ascending' | 'descending' }
}

export const textCell = (text: string | null): Cell =>
  text === null ? { shown: html`${none}`, key: null } : { shown: html`${text}`, key: text }

export const codeCell = (text: string | null): Cell =>
  text === null ? textCell(null) : { shown: codeHtml(text), key: text }

export const numberCell = (value: number | null, shown = fmtNumber(value)): Cell => ({
  shown: html`${shown}`,
  key: value !== null && Number.isFinite(value) ? value : null,
})

export const timeCell = (seconds: number): Cell => numberCell(seconds, fmtMoment(seconds))

export const markupCell = (shown: Markup, key: number | string | null): Cell => ({ shown, key })

/** Whether every value of a column is a number. */
const isNumeric = (rows: DataTable['rows'], column: number) => {
  const keys = rows.flatMap((row) => row[column]?.key ?? [])
  return keys.length > 0 && keys.every((key) => typeof key === 'number')
}

/** A table that the keyboard can scroll, with a caption and heads; with `sorted` its heads are buttons that sort it. */
export function dataTable({ id, caption, columns, rows, sorted }: DataTable): Markup {
  const numeric = columns.map((_, at) => isNumeric(rows, at))
  const side = (at: number) => (numeric[at] ? html` class="r"` : nothing)
  const head = ({ head, first = 'ascending', unsorted }: TableColumn, at: number) => {
    if (!sorted || unsorted) return html`<th scope="col"${side(at)}>${head}</th>`
    const now = sorted.column === at ? html` aria-sort="${sorted.direction}"` : nothing
    const type = numeric[at] ? 'number' : 'text'
    return html`<th scope="col"${side(at)}${now} data-first="${first}" data-type="${type}"><button type="button">${head}</button></th>`
  }
  const cell = ({ key, shown }: Cell, at: number) => {
    const data =
      sorted && key !== null ? html` data-key="${typeof key === 'string' ? oneLine(key, 120) : key}"` : nothing
    return at === 0 ? html`<th scope="row"${side(at)}${data}>${shown}</th>` : html`<td${side(at)}${data}>${shown}</td>`
  }
  const hint = sorted ? html` <span class="hint">The buttons in the head sort it.</span>` : nothing
  return html`<div class="wide" role="region" aria-labelledby="${id}" tabindex="0"><table${sorted ? html` data-sortable` : nothing}>
<caption id="${id}">${caption}${hint}</caption>
<thead><tr>${columns.map(head)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody></table></div>`
}

/** The numbers of charts, folded so that the charts stand alone. */
export const foldedTable = (table: DataTable): Markup =>
  html`<details><summary>The numbers as a table</summary>${dataTable(table)}</details>`
