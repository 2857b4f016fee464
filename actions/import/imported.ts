/** A version that an import wrote, found, or would write. */
export interface ImportedVersion {
  readonly version: string
  readonly tag: string
  /** Null where a dry run would make a commit of its own. */
  readonly commit: string | null
  /** False where it was there already. */
  readonly created: boolean
  /** Whether its release has, or would have, a model file. */
  readonly file: boolean
  /** Address of its release; null where it has none. */
  readonly release: string | null
}

export interface ImportedStage {
  readonly stage: string
  readonly version: string
  readonly created: boolean
}

export interface ImportedModel {
  readonly model: string
  /** Its name in MLflow. */
  readonly from: string
  readonly versions: readonly ImportedVersion[]
  readonly stages: readonly ImportedStage[]
}
