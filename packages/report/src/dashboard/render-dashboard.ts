import { createHash } from 'node:crypto'
import { oneLine } from '../code.ts'
import { codeHtml, html, Markup, nothing } from '../html/markup.ts'
import type { DashboardInput } from './dashboard-input.ts'
import { dashboardScript } from './dashboard-script.ts'
import { dashboardStyle } from './dashboard-style.ts'
import { modelSection } from './model-section.ts'
import { fmtMoment } from './moment.ts'
import { overview } from './overview.ts'

const source = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`

/** Nothing loads, and nothing runs or styles but what we wrote. */
const policy = `default-src 'none'; script-src ${source(dashboardScript)}; style-src ${source(dashboardStyle)}; base-uri 'none'; form-action 'none'`

/**
 * The dashboard as one HTML file that works from a disk: no request leaves it, its own script and style are allowed by
 * their digests, and every value is text. Dark or light as the reader's system is; readable without the script.
 */
export function renderDashboard(input: DashboardInput): string {
  const { models, repositoryUrl, title, written } = input
  const about = repositoryUrl?.startsWith('http')
    ? html`<a href="${repositoryUrl}" rel="noreferrer">${codeHtml(title)}</a>`
    : codeHtml(title)
  const links = models.map(({ name }, at) => html`<li><a href="#model-${at}">${codeHtml(name)}</a></li>`)
  const none = html`<p>There is no model yet: no tag registers one, and the branch <code>mlwright-records</code> holds no run. In a clone, fetch them with <code>git fetch --tags origin mlwright-records</code>.</p>`
  const all = html`<section aria-labelledby="overview-title"><h2 id="overview-title">Overview</h2>
${models.length > 0 ? overview(input) : none}</section>
`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Models of ${oneLine(title, 120)}</title>
<style>${new Markup(dashboardStyle)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><h1>Models of ${about}</h1><p>Versions, stages, experiments and monitoring, from the repository's tags and its branch <code>mlwright-records</code>.</p></header>
${models.length > 0 ? html`<nav aria-label="Models"><ul>${links}</ul></nav>` : nothing}
<main id="main" tabindex="-1">
${all}${models.map((model, at) => modelSection(model, at, input))}</main>
<footer><p>Written by mlwright on ${fmtMoment(written)} UTC.</p></footer>
<p id="status" class="unseen" role="status"></p>
<script>${new Markup(dashboardScript)}</script>
</body>
</html>
`.text
}
