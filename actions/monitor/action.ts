import { defineAction, input } from '@mlwright/action'
import type { DriftReport } from '@mlwright/domain'
import { renderDrift } from '@mlwright/report'
import { monitor } from './monitor.ts'

const driftedColumns = (report: DriftReport) =>
  Object.entries(report.columns)
    .filter(([, column]) => (report.method === 'calibrated' ? column.drifted : column.peer?.drifted))
    .map(([name]) => name)

function message(report: DriftReport): string {
  const { reference, current, verdict, budget } = report
  const drifted = driftedColumns(report)
  const found = drifted.length > 0 ? `drift in ${drifted.join(', ')}` : 'no drift'
  const problems = report.findings.length > 0 ? ` ${report.findings.map((finding) => finding.message).join(' ')}` : ''
  const alerts = report.performance?.chunks.filter(({ metrics }) => Object.values(metrics).some(({ alert }) => alert))
  const worse = alerts?.length
    ? ` Performance is below the reference in ${alerts.length} of ${report.performance!.chunks.length} chunks.`
    : ''
  const expected = Number(budget.expected.toPrecision(2))
  return `${current.name} against ${reference.name}: ${verdict}, ${found}.${problems}${worse} Expected false alarms this year at this setting: ${expected}.`
}

export default defineAction({
  name: 'monitor',
  description: 'Compare data with its reference, and report drift per column under a budget of false alarms.',
  inputs: {
    reference: input.text('Path or glob of reference data, or a profile (JSON) of it.'),
    current: input.text('Path or glob of the data to check.'),
    budget: input.number('False alarms a year that are acceptable, over all columns.', { default: 1, min: 0 }),
    runs: input.number('Scheduled runs a year that share the budget: 52 is once a week.', { default: 52, min: 1 }),
    method: input.choice(
      "Whose rules the verdict follows. `evidently` and `nannyml` reproduce those tools' defaults, with the calibrated judgement beside them; both need two tables.",
      ['calibrated', 'evidently', 'nannyml'],
      { default: 'calibrated' },
    ),
    tests: input.choice(
      'Tests of numbers where both tables are given: on their values, or on the bins of a profile. `auto` takes the values up to 200,000 rows.',
      ['auto', 'exact', 'binned'],
      { default: 'auto' },
    ),
    ignore: input.text('Columns that are left out, separated by commas: ids that rise by themselves, for instance.', {
      optional: true,
    }),
    score: input.text('Column with the score of the positive class: follows the performance of a binary classifier.', {
      optional: true,
    }),
    prediction: input.text('Column with the predicted class (default: a score of at least 0.5).', { optional: true }),
    label: input.text('Column with the true class, in the reference and in the data or `labels`.', { optional: true }),
    positive: input.text('The positive class (default: `1` or `true`).', { optional: true }),
    labels: input.text('Path or glob of labels that arrived later, one row per key.', { optional: true }),
    key: input.text('Column that the data and `labels` are joined on.', { default: 'request_id' }),
  },
  outputs: {
    verdict: '`pass`, `warn` or `fail`: `fail` for drift within the budget, a column that is gone, or no rows.',
    report: 'Path of the DriftReport (JSON).',
    performance: 'The last chunk with its metrics, measured or estimated, as JSON; empty without `score`.',
    'drifted-columns': 'Names of the columns that have drifted, as a JSON array.',
  },
  async run(inputs, ports) {
    const { report, path } = await monitor(inputs, ports)
    return {
      verdict: report.verdict,
      message: message(report),
      summary: renderDrift(report),
      noun: report,
      outputs: {
        verdict: report.verdict,
        report: path,
        performance: report.performance ? JSON.stringify(report.performance.chunks.at(-1) ?? null) : '',
        'drifted-columns': JSON.stringify(driftedColumns(report)),
      },
    }
  },
})
