import { codeHtml, html, type Markup, nothing } from '../html/markup.ts'
import type { DashboardInput, DashboardModel } from './dashboard-input.ts'
import { deploymentsSection } from './deployments-section.ts'
import { driftSection } from './drift-section.ts'
import { experimentsSection } from './experiments-section.ts'
import { historyMetric, historySection } from './history-section.ts'
import { modelLinks } from './model-links.ts'
import { performanceSection } from './performance-section.ts'
import { requestsSection } from './requests-section.ts'
import { versionsSection } from './versions-section.ts'

function problemsOf({ problems }: DashboardModel): Markup {
  if (problems.length === 0) return nothing
  const items = problems.slice(0, 20).map((problem) => html`<li>${codeHtml(problem, 400)}</li>`)
  const more = problems.length > 20 ? html`<p>And ${problems.length - 20} more.</p>` : nothing
  return html`<section><h3>Records that could not be read</h3><ul>${items}</ul>${more}</section>`
}

/** Everything that is known of one model. */
export function modelSection(model: DashboardModel, at: number, input: DashboardInput): Markup {
  const id = `model-${at}`
  const links = modelLinks(input.repositoryUrl)
  const metric = historyMetric(model)
  const over = html`${metric === null ? 'The primary metric' : codeHtml(metric, 60)} on ${codeHtml(input.defaultBranch, 60)}`
  const parts: readonly (readonly [name: string, title: Markup, content: Markup])[] = [
    ['versions', html`Versions and stages`, versionsSection(model, `${id}-versions-table`, links)],
    ['deployments', html`Deployments`, deploymentsSection(model, `${id}-deployments-table`, links)],
    ['experiments', html`Experiments`, experimentsSection(model, `${id}-experiments-table`, links)],
    ['history', over, historySection(model, `${id}-history-table`, input, links)],
    ['drift', html`Drift over time`, driftSection(model, `${id}-drift-table`)],
    ['performance', html`Performance over time`, performanceSection(model, `${id}-performance-table`)],
    ['requests', html`Requests over time`, requestsSection(model, `${id}-requests-table`)],
  ]
  const sections = parts.map(
    ([name, title, content]) =>
      html`<section aria-labelledby="${id}-${name}"><h3 id="${id}-${name}">${title}</h3>\n${content}</section>\n`,
  )
  const note = model.deprecated ? html`<p>This model is deprecated.</p>` : nothing
  return html`<section id="${id}" aria-labelledby="${id}-name" tabindex="-1"><h2 id="${id}-name">${codeHtml(model.name)}</h2>${note}
${sections}${problemsOf(model)}</section>
`
}
