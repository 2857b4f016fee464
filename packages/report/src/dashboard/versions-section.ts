import { codeHtml, html, type Markup, nothing } from '../html/markup.ts'
import type { DashboardModel } from './dashboard-input.ts'
import { codeCell, dataTable, markupCell, textCell, timeCell } from './data-table.ts'
import type { ModelLinks } from './model-links.ts'

const columns = ['Version', 'Registered (UTC)', 'Stages', 'State', 'Run', 'Commit', 'Tag'].map((head) => ({
  head: html`${head}`,
}))

/** Every version with the stages that it holds. */
export function versionsSection({ name, stages, versions }: DashboardModel, id: string, links: ModelLinks): Markup {
  if (versions.length === 0)
    return html`<p>No version is registered yet; the action <code>register</code>, or a merge, makes the first one.</p>`
  const held = Object.entries(stages)
  const foreign = held.filter(([, version]) => !versions.some((other) => other.version === version))
  const rows = versions.map(({ active, at, commit, run, tag, version }) => {
    const names = held.filter(([, holder]) => holder === version).map(([stage]) => stage)
    const shown = names.map((stage, place) => html`${place === 0 ? '' : ', '}${codeHtml(stage)}`)
    return [
      codeCell(version),
      timeCell(at),
      names.length > 0 ? markupCell(html`${shown}`, names.join(' ')) : textCell(null),
      textCell(active ? 'active' : 'deregistered'),
      codeCell(run),
      markupCell(links.commit(commit), commit),
      markupCell(links.tag(tag), tag),
    ]
  })
  const others = foreign.map(
    ([stage, version]) =>
      html`<p>The stage ${codeHtml(stage)} holds ${links.commit(version)}, which was never registered.</p>`,
  )
  return html`${dataTable({ id, caption: html`Versions of ${codeHtml(name)}, highest first.`, columns, rows })}${others.length > 0 ? others : nothing}`
}
