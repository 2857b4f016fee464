export * from './github-ports.ts'
export * from './runner-event.ts'
