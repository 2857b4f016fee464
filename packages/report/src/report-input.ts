import type { Comparison, Evaluation, Run, ValidationReport, Verdict } from '@mlwright/domain'

/** One model's part of the report. */
export interface ModelReport {
  readonly name: string
  readonly run: Run
  /** Null where there is no model to evaluate; then `run.failure` says why. */
  readonly evaluation: Evaluation | null
  readonly comparison: Comparison | null
  /** The run that it is compared with, as it was recorded or trained again. */
  readonly baseline: {
    readonly run: Run | null
    readonly evaluation: Evaluation | null
    readonly retrained: boolean
    /** Why there is no baseline, or why it was trained again. */
    readonly reason: string | null
  }
  /** The primary metric's last values on the default branch, oldest first. */
  readonly history: readonly (number | null)[]
  /** Same input digest as the baseline: nothing about this model changed. */
  readonly unchanged: boolean
  /** What the pull request does to the rules that judge it, each as `removes the gate …`; old rules and new ones both judged the model, and the worse verdict counts. */
  readonly rules_changed: readonly string[]
  readonly verdict: Verdict
  /** Address of the model file's artifact or record; null where it has none. */
  readonly model_url: string | null
}

/** Everything that a report shows. */
export interface ReportInput {
  readonly project: string
  readonly repository: { readonly owner: string; readonly name: string; readonly url: string } | null
  readonly pullRequest: number | null
  /** What is compared with, in one word: `main`. */
  readonly base: string
  /** Tested commit, and the one that links point at. */
  readonly commit: string | null
  readonly headCommit: string | null
  /** Computed by a fork's run: shown, never stored. */
  readonly fork: boolean
  readonly runUrl: string | null
  /** Steps that could not do their work, and why, in their own words. */
  readonly problems: readonly { readonly action: string; readonly message: string }[]
  readonly validations: readonly ValidationReport[]
  readonly models: readonly ModelReport[]
  readonly verdict: Verdict
  /** Files, from the repository's top, whose content at the head is not the tested one, so that lines differ. */
  readonly differing: readonly string[]
  /** Folder of the configuration below the repository's top: `''` or `services/churn/`. */
  readonly prefix: string
}
