import { defineAction, input } from '@mlwright/action'
import { artifactName, folderPrefix } from '../common/artifact-name.ts'
import { committedConfig } from '../common/committed-config.ts'
import { readConfig } from '../common/project.ts'
import { receive } from '../report/receive.ts'
import { monitorModels, monitorTables, readMonitored, throwProblems, uploadMonitored } from './monitor-models.ts'
import { monitorOutcome, monitorOutputs } from './monitor-outcome.ts'
import { publishAll } from './publish-monitoring.ts'

const text = (description: string) => input.text(description, { optional: true })

export default defineAction({
  name: 'monitor',
  description: 'Compare data with its reference, and report drift per column under a budget of false alarms.',
  inputs: {
    reference: text(
      'Path or glob of reference data, or a profile (JSON) of it (default: the profile that was released with the version in `stage`).',
    ),
    current: text(
      'Path or glob of the data to check, a dataset of the configuration, or a prediction log (default: `monitor.current` of the model).',
    ),
    stage: text(
      'Stage whose version the data is compared with (default: `monitor.stage` of the model, else the first stage).',
    ),
    mode: input.choice(
      'What this job may do: `prepare` compares and uploads what it found, for a job without write permissions; `publish` takes it from the artifact of that job and writes the history and the issue; `all` does both in one job. With both `reference` and `current` and no `model`, `all` only compares.',
      ['all', 'prepare', 'publish'],
      { default: 'all' },
    ),
    budget: input.number('False alarms a year that are acceptable, over all columns (default: 1).', {
      optional: true,
      min: 0,
    }),
    runs: input.number('Scheduled runs a year that share the budget (default: 52, once a week).', {
      optional: true,
      min: 1,
    }),
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
    ignore: text('Columns that are left out, separated by commas: ids that rise by themselves, for instance.'),
    task: input.choice(
      'What the predictions are (default: what the model is for, else numbers where `prediction` holds numbers and there is no `score`).',
      ['classification', 'regression'],
      { optional: true },
    ),
    score: text(
      'Column with the score of the positive class, or a pattern such as `p_*` where `*` is the class: follows the performance of a classifier.',
    ),
    prediction: text(
      'Column with the predicted number, or with the predicted class (default: a score of at least 0.5, or the highest).',
    ),
    label: text('Column with the true class or number, in the reference and in the data or `labels`.'),
    positive: text('The positive class (default: `1` or `true`, or what the model calls positive).'),
    labels: text('Path or glob of labels that arrived later, one row per key.'),
    key: text('Column that the data and `labels` are joined on (default: `request_id`).'),
    timestamp: text('Column with the time of each row (default: `timestamp` in a prediction log).'),
    limits: text(
      'Limits of answering, such as `latency-p99-ms: 50, error-rate: 0.01`: latency-p50-ms, -p95-, -p99-, -max-, throughput-min, error-rate, cpu, memory-mb (default: `monitor.limits` of the model).',
    ),
    metrics: text(
      "Path or glob of dumps of the server's metrics in Prometheus' text format, oldest first by name (default: `monitor.metrics` of the model).",
    ),
  },
  outputs: monitorOutputs,
  async run(inputs, ports) {
    const { mode, reference, current, model } = inputs
    if (mode === 'publish') {
      if (!(await receive(ports, artifactName('monitoring', inputs)))) return monitorOutcome([])
      const config = await committedConfig(ports, ports.event.commit, folderPrefix(inputs) + inputs.config)
      const found = await readMonitored(ports, config)
      const issues = await publishAll(ports, found)
      return { ...monitorOutcome(found, issues), summary: issues.join('\n') }
    }
    if (mode === 'all' && reference !== undefined && current !== undefined && model === undefined)
      return monitorOutcome([await monitorTables({ ...inputs, reference, current }, ports)])
    const problems = await monitorModels(inputs, ports)
    const found = await readMonitored(ports, await readConfig(ports.files, inputs.config))
    const issues = mode === 'all' ? await publishAll(ports, found) : []
    if (mode === 'prepare') await uploadMonitored(ports, inputs)
    const outcome = monitorOutcome(found, issues)
    await throwProblems(ports, problems, outcome)
    return outcome
  },
})
