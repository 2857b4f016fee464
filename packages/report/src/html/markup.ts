import { oneLine } from '../code.ts'
import { escapeHtml } from './inline.ts'

/** HTML in which every value that is not ours was escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Interpolated = Markup | string | number | readonly Markup[]

function written(value: Interpolated): string {
  if (value instanceof Markup) return value.text
  return Array.isArray(value) ? value.map(({ text }: Markup) => text).join('') : escapeHtml(String(value))
}

/** Writes HTML; a value that is no `Markup` becomes text, in an element as in an attribute's double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Interpolated[]): Markup {
  return new Markup(strings.map((part, at) => (at === 0 ? part : written(values[at - 1]!) + part)).join(''))
}

export const nothing: Markup = new Markup('')

/** A value that is not ours, on one line, with every character visible, cut to `limit` characters. */
export const codeHtml = (value: string, limit = 120): Markup => html`<code>${oneLine(value, limit)}</code>`

/** A link to a page of the repository; what it shows alone where the repository's address is unknown. */
export const linkHtml = (shown: Markup, repositoryUrl: string | null, path: string): Markup =>
  repositoryUrl === null || !/^https?:\/\//.test(repositoryUrl)
    ? shown
    : html`<a href="${repositoryUrl}/${path}" rel="noreferrer">${shown}</a>`
