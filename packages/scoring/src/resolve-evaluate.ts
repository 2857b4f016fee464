import {
  type GateResult,
  type MetricName,
  type Model,
  nearest,
  type Project,
  type Task,
  UserError,
} from '@mlwright/domain'

const forRegression: readonly MetricName[] = ['rmse', 'mae', 'r2', 'mape', 'median_ae']
const forTwoClasses: readonly MetricName[] = ['precision', 'recall', 'f1', 'roc_auc']

/** A bound that a metric has to keep, and who set it. */
export interface GateRule {
  readonly metric: MetricName
  readonly rule: GateResult['rule']
  readonly limit: number
  readonly requirement: string | null
}

/** How one model is judged, with every default filled in. */
export interface EvaluateSettings {
  readonly primary: MetricName
  readonly metrics: readonly MetricName[]
  readonly gates: readonly GateRule[]
  readonly slices: readonly string[]
  readonly threshold: number | null
}

function defaultMetrics(task: Task, classes: number): MetricName[] {
  if (task === 'regression') return ['rmse', 'mae', 'r2']
  return classes > 2
    ? ['roc_auc_ovr', 'log_loss', 'accuracy', 'f1_macro']
    : ['roc_auc', 'pr_auc', 'log_loss', 'accuracy', 'f1']
}

const measures = (metric: MetricName, task: Task) => forRegression.includes(metric) === (task === 'regression')

function check(metric: MetricName, task: Task, classes: number, where: string): void {
  if (!measures(metric, task)) {
    const options = task === 'regression' ? forRegression : defaultMetrics(task, classes)
    const hint = nearest(metric, options) ?? options[0]
    throw new UserError(
      'CONFIG_INVALID',
      `${where}: ${metric} does not measure ${task}; choose ${hint}, or another metric for it.`,
    )
  }
  if (classes > 2 && forTwoClasses.includes(metric)) {
    const hint = metric === 'roc_auc' ? 'roc_auc_ovr' : `${metric}_macro`
    throw new UserError(
      'CONFIG_INVALID',
      `${where}: ${metric} is for two classes, and the target has ${classes}; use ${hint}.`,
    )
  }
}

/**
 * Fills in what a model's `evaluate` leaves open. A requirement that names a metric of the model is one of its gates.
 * @param classes number of classes of the target; 2 where it is not known yet.
 * @throws UserError CONFIG_INVALID for a metric that does not fit the task.
 */
export function resolveEvaluate(name: string, model: Model, project: Project, classes = 2): EvaluateSettings {
  const { task, evaluate } = model
  const defaults = defaultMetrics(task, classes)
  const primary = evaluate.primary ?? evaluate.metrics?.[0] ?? defaults[0]!
  const gates: GateRule[] = []
  for (const [metric, gate] of Object.entries(evaluate.gates))
    for (const rule of ['min', 'max', 'max_drop'] as const) {
      const limit = gate?.[rule]
      if (limit !== undefined) gates.push({ metric: metric as MetricName, rule, limit, requirement: null })
    }
  for (const requirement of project.requirements) {
    const { metric, id } = requirement
    if (metric === undefined || (requirement.model !== undefined && requirement.model !== name)) continue
    const fits = measures(metric, task) && !(classes > 2 && forTwoClasses.includes(metric))
    if (requirement.model === undefined && !fits) continue
    check(metric, task, classes, `project.requirements ${id}`)
    for (const rule of ['min', 'max'] as const) {
      const limit = requirement[rule]
      if (limit !== undefined) gates.push({ metric, rule, limit, requirement: id })
    }
  }
  const metrics = [...new Set([primary, ...(evaluate.metrics ?? defaults), ...gates.map((gate) => gate.metric)])]
  for (const metric of metrics) check(metric, task, classes, `models.${name}.evaluate`)
  const binary = task === 'classification' && classes === 2
  return { primary, metrics, gates, slices: evaluate.slices, threshold: binary ? (evaluate.threshold ?? 0.5) : null }
}
