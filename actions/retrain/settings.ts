import { type Config, type Model, type RetrainStrategy, retrainStrategies } from '@mlwright/domain'
import { stagesPath } from '@mlwright/registry'
import type { PipelineScope } from '../common/artifact-name.ts'

/** What was given to the action. */
export interface RetrainInputs extends PipelineScope {
  readonly config: string
  readonly workingDirectory: string
  readonly reason?: string | undefined
  /** What monitoring has just found here is the reason. */
  readonly found?: boolean
  readonly strategy?: 'all' | RetrainStrategy | undefined
  readonly window?: number | undefined
}

/** How one model is trained again. */
export interface RetrainSettings {
  readonly strategies: readonly RetrainStrategy[]
  /** Null where as many rows as now. */
  readonly window: number | null
  readonly holdout: number
  /** Labelled new rows that have to be there. */
  readonly rows: number
  readonly maxDrop: number | null
  readonly cooldownDays: number
}

/** An input beats the configuration, which beats the default. */
export function retrainSettings(
  { retrain = {} }: Pick<Model, 'retrain'>,
  inputs: Pick<RetrainInputs, 'strategy' | 'window'>,
): RetrainSettings {
  const strategy = inputs.strategy ?? retrain.strategy ?? 'all'
  return {
    strategies: strategy === 'all' ? retrainStrategies : [strategy],
    window: inputs.window ?? retrain.window ?? null,
    holdout: retrain.holdout ?? 0.3,
    rows: retrain.rows ?? 200,
    maxDrop: retrain.max_drop ?? null,
    cooldownDays: retrain.cooldown_days ?? 14,
  }
}

/** Names that a retraining gives to what it writes. */
export const retrainNames = {
  branch: (model: string) => `mlwright/retrain/${model}`,
  /** Of the dataset in the configuration. */
  dataset: (model: string) => `${model}-training-data`,
  /** Its file, beside the model's stages. */
  data: (model: string) => stagesPath(model).replace(/[^/]+$/, 'training-data.parquet'),
  /** The column that says what a row is for. */
  split: 'mlwright_split',
  folder: (model: string) => `.mlwright/retrain/${model}`,
} as const

/** The models that are trained again where their data drifts: the one that is named, else all that say what production saw. */
export function retrainedModels(config: Config, chosen: readonly [string, Model][], named: boolean) {
  return named ? chosen : chosen.filter(([name]) => config.models[name]?.monitor?.current !== undefined)
}
