import type { Verdict } from '@mlwright/domain'
import { html, type Markup } from '../html/markup.ts'

const sign: Readonly<Record<Verdict, string>> = { pass: '✓', warn: '!', fail: '✗' }

/** A verdict as a word, with a sign that only the eye reads. */
export const verdictHtml = (verdict: Verdict): Markup =>
  html`<span class="verdict"><span aria-hidden="true">${sign[verdict]}</span> ${verdict}</span>`
