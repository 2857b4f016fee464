import type { DriftReport, Evaluation, Run } from '@mlwright/domain'

/** The newest of many, oldest first, and how many there are. */
export interface Listed<T> {
  readonly found: readonly T[]
  readonly total: number
}

export interface DashboardVersion {
  readonly version: string
  readonly tag: string
  /** Unix seconds. */
  readonly at: number
  readonly commit: string
  /** False after a deregistration. */
  readonly active: boolean
  /** The run that it came from; null where another tool registered it. */
  readonly run: string | null
}

/** A version that got or lost a stage. */
export interface StageEvent {
  /** Unix seconds. */
  readonly at: number
  readonly stage: string
  readonly event: 'assignment' | 'unassignment'
  readonly version: string
  readonly commit: string
  readonly tag: string
  readonly by: string | null
  /** The version in the stage from then on; null where it is empty. */
  readonly holds: string | null
}

export interface DashboardRun {
  /** Unix seconds, from the run's id. */
  readonly at: number
  readonly run: Run
  readonly evaluation: Evaluation | null
}

/** A run on the default branch. */
export interface HistoryPoint {
  readonly at: number
  readonly run: string
  readonly commit: string
  readonly metrics: Readonly<Record<string, number | null>>
}

export interface DriftPoint {
  readonly at: number
  readonly report: DriftReport
}

export interface DashboardModel {
  readonly name: string
  readonly deprecated: boolean
  /** Highest first. */
  readonly versions: readonly DashboardVersion[]
  /** The version in each stage now. */
  readonly stages: Readonly<Record<string, string>>
  readonly events: Listed<StageEvent>
  readonly runs: Listed<DashboardRun>
  /** Oldest first. */
  readonly history: readonly HistoryPoint[]
  readonly monitoring: Listed<DriftPoint>
  /** Records that could not be read, a sentence each. */
  readonly problems: readonly string[]
}

/** Everything that the dashboard shows. */
export interface DashboardInput {
  /** What it is about: `acme/telco`. */
  readonly title: string
  /** Unix seconds at which it was written. */
  readonly written: number
  /** `https://github.com/acme/telco`; null outside GitHub. */
  readonly repositoryUrl: string | null
  readonly defaultBranch: string
  readonly models: readonly DashboardModel[]
}
