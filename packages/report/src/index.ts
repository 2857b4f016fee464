export { code } from './code.ts'
export type * from './dashboard/dashboard-input.ts'
export { renderDashboard } from './dashboard/render-dashboard.ts'
export { type DriftPoint, rings, unbroken } from './drift-series.ts'
export { findingAnnotations } from './finding-annotations.ts'
export * from './numbers.ts'
export { type DiffedVersion, renderDiff, type VersionsInput } from './render-diff.ts'
export { renderDrift } from './render-drift.ts'
export {
  type DriftIssue,
  type DriftIssueInput,
  driftMarker,
  driftSince,
  renderDriftCleared,
  renderDriftIssue,
} from './render-drift-issue.ts'
export { renderEvaluation } from './render-evaluation.ts'
export { type RenderedReport, renderReport } from './render-report.ts'
export { type RetrainingInput, renderRetraining, retrainingMarker } from './render-retraining.ts'
export { renderTraining } from './render-training.ts'
export { renderValidation } from './render-validation.ts'
export type { ModelReport, ReportInput } from './report-input.ts'
export { reportMarker } from './report-marker.ts'
export { brokenLimits } from './sections/computational.ts'
export { driftedColumns } from './sections/drift-evidence.ts'
export { driftedTogether } from './sections/multivariate.ts'
export { alertedChunks, worseIn } from './sections/performance.ts'
