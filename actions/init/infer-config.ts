import type { ColumnProfile } from './column-profile.ts'
import { primaryKey } from './infer-contract.ts'
import type { Target } from './infer-target.ts'
import { yamlText } from './yaml-text.ts'

export interface ConfigFacts {
  readonly project: string
  readonly dataset: string
  readonly model: string
  readonly source: string
  readonly contract: string
  readonly target: Target
  readonly profiles: readonly ColumnProfile[]
  readonly rows: number
}

const schema = 'https://raw.githubusercontent.com/mlwright/mlwright/v1/schema/mlwright.schema.json'

/** Columns of few values, each with rows enough to judge it by. */
function slices({ profiles, target, rows }: ConfigFacts): string[] {
  const usable = ({ name, type, whole, distinct, values }: ColumnProfile) =>
    name !== target.name &&
    (type === 'string' || type === 'boolean' || (whole && distinct === 2)) &&
    distinct >= 2 &&
    distinct <= 8 &&
    (values.at(-1)?.rows ?? 0) >= Math.max(20, rows / 100)
  const text = profiles.filter((profile) => usable(profile) && profile.type === 'string')
  const rest = profiles.filter((profile) => usable(profile) && profile.type !== 'string')
  return [...text, ...rest].slice(0, 3).map(({ name }) => name)
}

function judgement(target: Target): { primary: string; metrics: string; gates: string } {
  if (target.task === 'regression')
    return { primary: 'rmse', metrics: 'rmse, mae, r2', gates: 'r2: { min: 0.5, max_drop: 0.01 }' }
  if (target.classes === 2)
    return {
      primary: 'roc_auc',
      metrics: 'roc_auc, pr_auc, log_loss, accuracy, f1',
      gates: 'roc_auc: { min: 0.7, max_drop: 0.01 }',
    }
  return {
    primary: 'roc_auc_ovr',
    metrics: 'roc_auc_ovr, log_loss, accuracy, f1_macro',
    gates: 'roc_auc_ovr: { min: 0.7, max_drop: 0.01 }',
  }
}

/** A time series has one row for each day; its newest rows test the model. */
function split({ profiles, target, rows }: ConfigFacts): string {
  const time = profiles.find(({ type, missing, distinct }) => type === 'date' && missing === 0 && distinct === rows)
  if (time) return `{ method: time, column: ${yamlText(time.name)}, test: 0.2 }`
  return `{ method: random, test: 0.2, ${target.task === 'classification' ? 'stratify: true, ' : ''}seed: 7 }`
}

/** `mlwright.yml` for one dataset and one model; the gates are for people to decide and stand in comments. */
export function inferConfig(facts: ConfigFacts): string {
  const { dataset, target } = facts
  const { primary, metrics, gates } = judgement(target)
  const key = primaryKey(facts.profiles, facts.rows)
  return [
    `# yaml-language-server: $schema=${schema}`,
    'version: 1',
    'project:',
    `  name: ${yamlText(facts.project)}`,
    '  # objective: What the model is for, and who acts on it.',
    '  # requirements:',
    `  #   - { id: R1, text: Good enough to act on, metric: ${gates.replace(/^(\w+): \{ min: ([\d.]+).*/, '$1, min: $2')} }`,
    'datasets:',
    `  ${yamlText(dataset)}:`,
    `    source: ${yamlText(facts.source)}`,
    `    contract: ${yamlText(facts.contract)}`,
    'models:',
    `  ${yamlText(facts.model)}:`,
    `    dataset: ${yamlText(dataset)}`,
    `    task: ${target.task}`,
    `    target: ${yamlText(target.name)}`,
    ...(target.positive === null ? [] : [`    positive: ${yamlText(target.positive)}`]),
    `    features: { exclude: [] } # the target${key === null ? '' : `, the key ${key.replace(/\s/g, ' ')}`} and nothing else stays outside`,
    `    split: ${split(facts)}`,
    '    train: { algorithm: gradient-boosting, params: { rounds: 100, leaves: 31, learning_rate: 0.1 }, seed: 7 }',
    '    evaluate:',
    `      primary: ${primary}`,
    `      metrics: [${metrics}]`,
    '      # Decide what a model has to keep, after a first look at its report:',
    `      # gates: { ${gates} }`,
    `      slices: [${slices(facts)
      .map((name) => yamlText(name))
      .join(', ')}]`,
    '',
  ].join('\n')
}
