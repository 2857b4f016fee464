export * from './compare-profiles.ts'
export * from './error-budget.ts'
export * from './exact-numbers.ts'
export * from './thresholds.ts'
