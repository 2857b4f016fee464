import { createHash } from 'node:crypto'
import type { Reply } from '../http/reply.ts'
import type { ServedModel } from '../model/served-model.ts'
import { exampleValue } from './column-schema.ts'
import { docsScript } from './docs-script.ts'
import { docsStyle } from './docs-style.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character]!)
const source = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
const policy = `default-src 'none'; script-src ${source(docsScript)}; style-src ${source(docsStyle)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

function field(model: ServedModel, at: number): string {
  const column = model.signature.columns[at]!
  const { name, type } = column
  const label = `<label for="c${at}">${html(name)}</label>`
  const common = `id="c${at}" data-column="${html(name)}" data-type="${column.shape.length > 0 ? 'list' : type}"`
  if (column.shape.length > 0) {
    const example = html(JSON.stringify(exampleValue(model, column)))
    return `${label}<input ${common} type="text" value="${example}" spellcheck="false">`
  }
  if (type === 'boolean')
    return `${label}<select ${common}><option value="">not known</option><option>true</option><option>false</option></select>`
  if (type === 'number') return `${label}<input ${common} type="text" inputmode="decimal" autocomplete="off">`
  return `${label}<input ${common} type="${type === 'date' ? 'date' : 'text'}" autocomplete="off">`
}

const key =
  '<p class="key"><label for="key">API key</label><input id="key" type="password" autocomplete="off" required></p>'

/** A page where a person fills in the columns and predicts. It asks nobody else for anything. */
export function docsPage(model: ServedModel, secured: boolean): Reply {
  const title = `${html(model.name)} ${html(model.version)}`
  const fields = model.signature.columns.map((_, at) => `<p>${field(model, at)}</p>`).join('\n')
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${docsStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>Fill in what is known and predict. An empty field is a missing value.</p>
<form id="form" novalidate>
${secured ? key : ''}
<fieldset>
<legend>Columns</legend>
${fields}
</fieldset>
<button type="submit">Predict</button>
</form>
<section aria-labelledby="answer-title">
<h2 id="answer-title">Answer</h2>
<output id="answer" for="form" role="status" aria-live="polite">Nothing was asked yet.</output>
</section>
<section aria-labelledby="request-title">
<h2 id="request-title">The same from a program</h2>
<pre id="request" tabindex="0"></pre>
<p>All addresses: <a href="/openapi.json">OpenAPI 3.1</a>. Metrics: <a href="/metrics">Prometheus</a>.</p>
</section>
</main>
<script>${docsScript}</script>
</body>
</html>
`
  return {
    type: 'text/html; charset=utf-8',
    headers: {
      'Content-Security-Policy': policy.replace("connect-src 'self'", "connect-src 'self'; img-src data:"),
      'Referrer-Policy': 'no-referrer',
    },
    body,
  }
}
