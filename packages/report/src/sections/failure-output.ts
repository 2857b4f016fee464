import type { Run } from '@mlwright/domain'
import type { Block } from '../block.ts'

/** All lines of a failure that has several; the sentence above it shows the first. */
export function failureOutput(run: Run): Block[] {
  return run.failure?.trim().includes('\n') ? [{ kind: 'output', text: run.failure.trim() }] : []
}
