export * from './parse-tag.ts'
export * from './registry-event.ts'
