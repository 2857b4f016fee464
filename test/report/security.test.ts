import { renderEvaluation, renderReport, renderTraining, renderValidation } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { comparison, evaluation, finding, input, model, run, validation } from './fixtures.ts'
import { prose, rendered } from './rendered.ts'

const attacks = [
  'EVIL @acme/everyone fixes #1 https://evil.example/EVIL',
  'EVIL|`x`|@acme|\n\n# EVIL\n\n- fixes #1',
  '`EVIL` ``EVIL`` [EVIL](https://evil.example) ![EVIL](https://evil.example/x.png)',
  '<!-- mlwright:report project=other --> EVIL <script>EVIL</script> <img src=EVIL> </details></code></td>',
  '\\|EVIL\\\\|EVIL| `',
  '```\nEVIL\n```\n~~~\n"; rm -rf / #EVIL "] --> EVIL',
]

/** Words that a schema closes, digests, and what the event alone supplies. */
const ours = new Set([
  'kind',
  'level',
  'verdict',
  'task',
  'rule',
  'resampling',
  'method',
  'url',
  'runUrl',
  'model_url',
  'algorithm',
  'version',
  'commit',
  'headCommit',
  'type',
])

/** Every text in a value replaced by an attack, names of columns, classes and metrics included. */
function poisoned<T>(value: T, attack: string): T {
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === 'string') return key !== 'finding-rule' && ours.has(key) ? node : attack
    if (Array.isArray(node)) return node.map((item) => walk(item, key))
    if (node === null || typeof node !== 'object') return node
    const renamed = ['metrics', 'train_metrics', 'majority_metrics', 'class_counts', 'reported_metrics'].includes(key)
    return Object.fromEntries(
      Object.entries(node).map(([name, item], index) => [
        renamed ? (index === 0 ? attack : `${attack}${index}`) : name,
        walk(item, name),
      ]),
    )
  }
  return walk(value, '') as T
}

const allowed =
  /^<\/?(p|h3|strong|em|ul|li|table|thead|tbody|tr|th|td|details|summary|pre|code|sub|a|svg|line|text|polyline|div)(?=[\s>])/

const hot = {
  ...input,
  validations: [
    {
      ...validation,
      verdict: 'fail' as const,
      findings: [finding, { ...finding, level: 'fail' as const, examples: [{ row: 1, value: 'x' }] }],
    },
  ],
  models: [
    {
      ...model,
      verdict: 'fail' as const,
      rules_changed: ['a rule'],
      evaluation: { ...evaluation, findings: [finding] },
      run: { ...run, reported_metrics: { a: 1 } },
    },
    { ...model, name: 'second', comparison: null, baseline: { ...model.baseline, reason: 'because' } },
    { ...model, name: 'third', evaluation: null, run: { ...run, failure: 'exit code 1' } },
    { ...model, name: 'fourth', unchanged: true },
    {
      ...model,
      name: 'fifth',
      comparison: {
        ...comparison,
        data: {
          ...comparison.data,
          candidate: { digest: 'x', rows: 1 },
          added: ['a'],
          removed: ['b'],
          retyped: [{ name: 'c', baseline: 'string', candidate: 'number' }],
        },
        features: [
          { name: 'a', baseline: null, candidate: 1 },
          { name: 'b', baseline: 1, candidate: null },
        ],
      },
    },
  ],
}

describe('text that is not ours', () => {
  it.each(attacks)('stays inside code spans wherever it comes from: %j', (attack) => {
    const bad = poisoned(hot, attack)
    const report = renderReport(bad)
    const first = bad.models[0]!
    const pages = {
      comment: report.comment.slice(report.comment.indexOf('\n')),
      summary: report.summary,
      checkSummary: report.checkSummary,
      validation: renderValidation(bad.validations[0]!),
      training: renderTraining(first.run),
      failedTraining: renderTraining(bad.models[2]!.run),
      evaluation: renderEvaluation(first.evaluation!),
    }
    for (const [page, markdown] of Object.entries(pages)) {
      const html = rendered(markdown)
      for (const [, href] of html.matchAll(/href="([^"]*)"/g))
        expect(href, page).toMatch(/^https:\/\/github\.com\/acme\/telco\//)
      for (const [tag] of html.matchAll(/<\/?[a-z!][^>]*>/gi)) expect(tag, page).toMatch(allowed)
      const text = prose(html).replace(/href="[^"]*"/g, '')
      expect(text, page).not.toMatch(/EVIL|evil|@|#\d|fixes|acme|<!--/)
    }
    expect(report.comment.match(/<!--/g)).toHaveLength(1)
    const body = report.html.slice(report.html.indexOf('<main>'), report.html.indexOf('</main>'))
    for (const [tag] of body.replace('<main>', '').matchAll(/<\/?[a-z!][^>]*>/gi)) expect(tag).toMatch(allowed)
    expect(prose(body).replace(/href="[^"]*"/g, '')).not.toMatch(/EVIL|evil/)
    for (const [, chart] of report.comment.matchAll(/```mermaid\n([\s\S]*?)```/g))
      expect(chart!.split('\n').slice(1).join('\n')).toMatch(/^[A-Za-z0-9 _.\-\n"[\],>]*$/)
    expect(report.checkTitle).not.toContain('\n')
  })

  it('cannot put a command into the lines that reproduce the run', () => {
    const { comment } = renderReport({ ...input, prefix: '$(rm -rf ~)/', commit: '; rm -rf ~', headCommit: null })
    expect(comment).not.toContain('rm -rf')
  })

  it('cannot make a link that leaves the web', () => {
    const { comment } = renderReport({ ...input, models: [{ ...model, model_url: 'javascript:alert(1)' }] })
    expect(comment).not.toContain('javascript')
  })

  it('loads nothing in the preview and runs no script', () => {
    const { html } = renderReport(input)
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(/)
  })
})
