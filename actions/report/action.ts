import { defineAction, input } from '@mlwright/action'
import { publish } from './publish.ts'
import { receive } from './receive.ts'
import { render } from './render.ts'
import { reportInput } from './report-input.ts'
import { upload } from './upload.ts'

export default defineAction({
  name: 'report',
  description: 'Render what the previous steps wrote into one document and publish it on the pull request.',
  inputs: {
    mode: input.choice(
      'What this job may do: `render` only writes the report and uploads the records, for a job without write permissions; `publish` takes the records from the artifact of another job and publishes them; `all` does both in one job.',
      ['all', 'render', 'publish'],
      { default: 'all' },
    ),
  },
  outputs: {
    verdict: '`pass`, `warn` or `fail`.',
    report: 'Path of the report (Markdown).',
    preview: 'Path of the preview (HTML).',
    'comment-url': 'Address of the comment; empty where there is none.',
    'check-url': 'Address of the check run; empty where there is none.',
  },
  async run(inputs, ports) {
    const source = await receive(inputs, ports)
    if (source === null) return nothingToReport
    const input = await reportInput(inputs, ports, source)
    const rendered = await render(input, ports)
    const published = inputs.mode === 'render' ? await upload(ports) : await publish(input, rendered, ports, source)
    return {
      verdict: input.verdict,
      message: rendered.checkTitle,
      summary: rendered.summary,
      annotations: published.annotate ? rendered.annotations : [],
      noun: { verdict: input.verdict, comment_url: published.commentUrl, check_url: published.checkUrl },
      outputs: {
        verdict: input.verdict,
        report: '.mlwright/report.md',
        preview: '.mlwright/report.html',
        'comment-url': published.commentUrl ?? '',
        'check-url': published.checkUrl ?? '',
      },
    }
  },
})

const nothingToReport = {
  verdict: 'pass',
  message: 'There is nothing to report.',
  summary: '',
  annotations: [],
  noun: null,
  outputs: { verdict: 'pass', report: '', preview: '', 'comment-url': '', 'check-url': '' },
} as const
