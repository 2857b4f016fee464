export * from './check-params.ts'
export * from './fit.ts'
export * from './trainer-version.ts'
export * from './training-set.ts'
