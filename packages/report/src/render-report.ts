import { type Annotation, version } from '@mlwright/domain'
import { paragraph } from './block.ts'
import { checkTitle } from './check-title.ts'
import { oneLine } from './code.ts'
import { contextOf } from './context.ts'
import { reportAnnotations } from './finding-annotations.ts'
import { bytes, characters, fitSize } from './fit-size.ts'
import { htmlPage } from './html/page.ts'
import { link } from './link.ts'
import { toMarkdown } from './markdown.ts'
import { reportBlocks } from './report-blocks.ts'
import type { ReportInput } from './report-input.ts'
import { reportMarker } from './report-marker.ts'
import { commitLink } from './sections/run-facts.ts'

export interface RenderedReport {
  /** The comment, at most 65,536 characters, its first line the hidden marker. */
  readonly comment: string
  /** The whole document for the job summary, at most 1 MiB. */
  readonly summary: string
  /** Plain text of one line. */
  readonly checkTitle: string
  /** Markdown, under 65,535 bytes. */
  readonly checkSummary: string
  readonly annotations: Annotation[]
  /** A page that shows the comment, with nothing loaded from elsewhere. */
  readonly html: string
}

/**
 * Renders everything that a run publishes about its models and data.
 *
 * Where something is too long, the largest folded sections move out first and a line says where they are.
 */
export function renderReport(input: ReportInput): RenderedReport {
  const context = contextOf(input)
  const marker = reportMarker(input.project)
  const footer = paragraph(
    `<sub>${[`mlwright ${version}`, commitLink(context.commit, context), ...(input.runUrl ? [link('workflow run', input.runUrl)] : [])].join(' · ')}</sub>`,
  )
  const blocks = [...reportBlocks(input, context), footer]
  const summaryPlace = input.runUrl ? `the ${link('job summary', input.runUrl)}` : 'the job summary'
  const comment = fitSize(blocks, { limit: 65_000 - marker.length, measure: characters, elsewhere: summaryPlace })
  const check = fitSize(blocks, { limit: 64_000, measure: bytes, elsewhere: summaryPlace })
  const summary = fitSize(blocks, {
    limit: 1_000_000,
    measure: bytes,
    elsewhere: 'the records of the run, for a job summary holds 1 MiB',
  })
  return {
    comment: `${marker}\n${toMarkdown(comment)}`,
    summary: `${toMarkdown(summary)}\n`,
    checkTitle: oneLine(checkTitle(input), 160),
    checkSummary: toMarkdown(check),
    annotations: reportAnnotations(input),
    html: htmlPage(`${input.project}: report`, comment),
  }
}
