import { defineAction, input } from '@mlwright/action'
import { type ValidationReport, worst } from '@mlwright/domain'
import { fmtLimit, renderValidation } from '@mlwright/report'

function validationMessage({ dataset, verdict, rows, checks, failed }: ValidationReport): string {
  const broken = checks === 0 ? `${failed} problems found` : `${failed} of ${checks} rules do not hold`
  const rules = failed === 0 ? `${checks} rules hold` : broken
  return `${dataset}: ${verdict}, ${fmtLimit(rows)} rows, ${rules}.`
}

export default defineAction({
  name: 'validate',
  description: 'Check data against its contract and annotate the rules that it breaks.',
  inputs: {
    dataset: input.text('Name of a dataset in mlwright.yml (default: all of them).', { optional: true }),
    data: input.text('Path or glob of data files, in place of `dataset`.', { optional: true }),
    contract: input.text('Path of an ODCS v3.1 contract for `data`.', { optional: true }),
  },
  outputs: {
    verdict: '`pass`, `warn` or `fail`.',
    report: 'Path of the ValidationReport (JSON); one line each for several datasets.',
    rows: 'Rows that were checked.',
    failed: 'Rules that were broken.',
  },
  async run(inputs, ports) {
    const { validateDatasets } = await import('./validate-datasets.ts')
    const results = await validateDatasets(inputs, ports)
    const reports = results.map((result) => result.report)
    const verdict = worst(reports.map((report) => report.verdict))
    const sum = (count: (report: (typeof reports)[number]) => number) =>
      String(reports.reduce((total, report) => total + count(report), 0))
    return {
      verdict,
      message: reports.map(validationMessage).join('\n'),
      summary: reports.map(renderValidation).join('\n\n'),
      noun: reports.length === 1 ? reports[0] : reports,
      annotations: results.flatMap((result) => result.annotations),
      outputs: {
        verdict,
        report: results.map((result) => result.path).join('\n'),
        rows: sum((report) => report.rows),
        failed: sum((report) => report.failed),
      },
    }
  },
})
