import { codeHtml, html, type Markup } from '../html/markup.ts'
import { fmtCount, plural } from '../numbers.ts'
import type { DashboardModel } from './dashboard-input.ts'
import { codeCell, dataTable, markupCell, textCell, timeCell } from './data-table.ts'
import type { ModelLinks } from './model-links.ts'

const columns = ['Time (UTC)', 'Stage', 'Event', 'Version', 'In the stage from then on', 'By', 'Commit', 'Tag'].map(
  (head) => ({ head: html`${head}` }),
)

/** What was in which stage when: every move, the newest first. */
export function deploymentsSection({ events, name }: DashboardModel, id: string, links: ModelLinks): Markup {
  if (events.total === 0)
    return html`<p>No version has been in a stage yet; merging a promotion, or the action <code>promote</code>, puts one there.</p>`
  const version = (text: string | null) =>
    text !== null && /^[0-9a-f]{40}$/.test(text) ? markupCell(links.commit(text), text) : codeCell(text)
  const rows = events.found
    .toReversed()
    .map((event) => [
      timeCell(event.at),
      codeCell(event.stage),
      textCell(event.event === 'assignment' ? 'put in' : 'taken out'),
      version(event.version),
      event.holds === null ? markupCell(html`nothing`, '') : version(event.holds),
      codeCell(event.by),
      markupCell(links.commit(event.commit), event.commit),
      markupCell(links.tag(event.tag), event.tag),
    ])
  const all = events.found.length === events.total
  const which = all ? plural(events.total, 'move') : `the newest ${rows.length} of ${fmtCount(events.total)} moves`
  return dataTable({ id, caption: html`Stages of ${codeHtml(name)} over time, newest first: ${which}.`, columns, rows })
}
