import { type Config, type Limits, type Model, nearest, type Task, UserError } from '@mlwright/domain'
import type { PipelineScope } from '../common/artifact-name.ts'
import { firstStage } from '../common/project.ts'
import { parseLimits } from './limits.ts'
import type { PeerMethod } from './peer-columns.ts'

/** What was given to the action. */
export interface MonitorInputs extends PipelineScope {
  readonly reference?: string | undefined
  readonly current?: string | undefined
  readonly stage?: string | undefined
  readonly budget?: number | undefined
  readonly runs?: number | undefined
  readonly method: 'calibrated' | PeerMethod
  readonly tests: 'auto' | 'exact' | 'binned'
  readonly ignore?: string | undefined
  readonly score?: string | undefined
  readonly prediction?: string | undefined
  readonly label?: string | undefined
  readonly positive?: string | undefined
  readonly labels?: string | undefined
  readonly key?: string | undefined
  readonly timestamp?: string | undefined
  readonly task?: Task | undefined
  readonly limits?: string | undefined
  readonly metrics?: string | undefined
  readonly config: string
}

/** What is compared, and how. */
export interface MonitorSettings {
  readonly current: string
  readonly budget: number
  readonly runs: number
  readonly method: MonitorInputs['method']
  readonly tests: MonitorInputs['tests']
  readonly ignore: readonly string[]
  readonly score?: string | undefined
  readonly prediction?: string | undefined
  readonly label?: string | undefined
  readonly positive?: string | undefined
  readonly labels?: string | undefined
  readonly key: string
  readonly timestamp?: string | undefined
  readonly task?: Task | undefined
  readonly limits?: Limits | undefined
  /** Dumps of the server's metrics. */
  readonly metrics?: string | undefined
  /** Its name, where a model of the configuration is monitored. */
  readonly model?: string
  /** What the model predicts, which production may not know yet. */
  readonly target?: string
}

const defaults = { budget: 1, runs: 52, key: 'request_id' } as const

const names = (text: string | undefined) => text?.split(',').map((name) => name.trim())

/** Two tables that are compared for their own sake: nothing is read from a configuration, and nothing is kept. */
export function givenSettings(inputs: MonitorInputs & { readonly current: string }): MonitorSettings {
  const { budget, runs, key } = inputs
  const { model, ...given } = inputs
  return {
    ...given,
    budget: budget ?? defaults.budget,
    runs: runs ?? defaults.runs,
    key: key ?? defaults.key,
    ignore: names(inputs.ignore) ?? [],
    limits: parseLimits(inputs.limits),
  }
}

/** An input beats the configuration, which beats the default. A dataset's name stands for its files. */
export function modelSettings(config: Config, name: string, model: Model, inputs: MonitorInputs): MonitorSettings {
  const { monitor = {}, target, positive } = model
  const current = inputs.current ?? monitor.current
  if (current === undefined)
    throw new UserError(
      'INPUT_INVALID',
      `Nothing says what production saw of ${name}; add models.${name}.monitor.current to mlwright.yml, or give the input \`current\`.`,
    )
  const score = inputs.score ?? monitor.score
  const labels = inputs.labels ?? monitor.labels
  const prediction = inputs.prediction ?? monitor.prediction
  const followed =
    score !== undefined || labels !== undefined || (prediction !== undefined && model.task === 'regression')
  return {
    current: config.datasets[current]?.source ?? current,
    budget: inputs.budget ?? monitor.budget ?? defaults.budget,
    runs: inputs.runs ?? monitor.runs ?? defaults.runs,
    method: inputs.method,
    tests: inputs.tests,
    ignore: names(inputs.ignore) ?? monitor.ignore ?? [],
    score,
    prediction,
    label: inputs.label ?? monitor.label ?? (followed ? target : undefined),
    positive: inputs.positive ?? monitor.positive ?? positive,
    labels,
    key: inputs.key ?? monitor.key ?? defaults.key,
    timestamp: inputs.timestamp ?? monitor.timestamp,
    task: inputs.task ?? model.task,
    limits: parseLimits(inputs.limits) ?? monitor.limits,
    metrics: inputs.metrics ?? monitor.metrics,
    model: name,
    target,
  }
}

/** The stage whose version production is compared with. */
export function monitoredStage(config: Config, model: Model, inputs: Pick<MonitorInputs, 'stage'>): string {
  const stage = inputs.stage ?? model.monitor?.stage ?? firstStage(config)
  const stages = Object.keys(config.registry.stages)
  if (stages.includes(stage)) return stage
  const near = nearest(stage, stages)
  throw new UserError(
    'INPUT_INVALID',
    `mlwright.yml has no stage ${stage}; ${near ? `did you mean ${near}?` : `stages there: ${stages.join(', ')}.`}`,
  )
}
