/** A version in MLflow's registry. */
export interface MlflowVersion {
  readonly version: number
  /** When it was made, Unix seconds. */
  readonly at: number
  /** MLflow's stage, such as `Production`; null for none. */
  readonly stage: string | null
  /** When it was last changed, Unix seconds. */
  readonly changed: number
  readonly ready: boolean
  /** The run that it came from; null where it came from none. */
  readonly run: string | null
  readonly source: string
  readonly description: string
}

/** A registered model with its versions, in no order; aliases name a version each. */
export interface MlflowModel {
  readonly name: string
  readonly aliases: ReadonlyMap<string, number>
  readonly versions: readonly MlflowVersion[]
}

/** An MLflow registry that can be read. */
export interface MlflowSource {
  models(): Promise<MlflowModel[]>
  /** The git commit that a run recorded; null where it recorded none, or is gone. */
  commit(run: string): Promise<string | null>
}
