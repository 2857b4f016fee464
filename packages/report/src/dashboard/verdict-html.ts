import type { Verdict } from '@mlwright/domain'
import { icon } from '../gates.ts'
import { html, type Markup } from '../html/markup.ts'

/** A verdict as a word, with a sign that only the eye reads. */
export const verdictHtml = (verdict: Verdict): Markup =>
  html`<span class="verdict"><span aria-hidden="true">${icon[verdict]}</span> ${verdict}</span>`
