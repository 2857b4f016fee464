import { html, type Markup } from '../html/markup.ts'

/** How points of the monitoring come about. */
export const noPoints: Markup = html`<p>There are no monitoring points of this model yet: run the action <code>monitor</code> on a schedule, and each of its runs adds one to the branch <code>mlwright-records</code>.</p>`
