import type { ValidationReport } from '@mlwright/domain'
import type { Block } from './block.ts'
import { alone } from './context.ts'
import { bytes, fitSize } from './fit-size.ts'
import { toMarkdown } from './markdown.ts'
import { dataFindings } from './sections/findings.ts'

/** An action's own job summary, at most 1 MiB. */
export function actionSummary(blocks: readonly Block[]): string {
  return toMarkdown(fitSize(blocks, { limit: 1_000_000, measure: bytes, elsewhere: 'the records of the run' }))
}

/** The job summary of `validate`: one dataset, what was checked, and every finding. */
export function renderValidation(report: ValidationReport): string {
  return actionSummary([{ kind: 'heading', level: 3, text: 'Validation' }, ...dataFindings([report], alone)])
}
