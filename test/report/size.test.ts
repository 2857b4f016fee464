import { renderReport, renderValidation } from '@mlwright/report'
import { describe, expect, it } from 'vitest'
import { comparison, evaluation, finding, firstLine, input, model, validation } from './fixtures.ts'

const long = (text: string, index: number) => `${text} ${index} ${'ä|`'.repeat(40)}`
const findings = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...finding, message: long('Broken', index) }))

const slices = Array.from({ length: 3000 }, (_, index) => ({
  ...comparison.slices[index % 5]!,
  value: long('value', index),
}))
const huge = {
  ...input,
  validations: [{ ...validation, verdict: 'warn' as const, findings: findings(2000) }],
  models: [{ ...model, comparison: { ...comparison, slices } }],
}

describe('a report that is too long', () => {
  const report = renderReport(huge)
  it('keeps every limit of GitHub', () => {
    expect(report.comment.length).toBeLessThanOrEqual(65_536)
    expect(Buffer.byteLength(report.checkSummary)).toBeLessThan(65_535)
    expect(Buffer.byteLength(report.summary)).toBeLessThanOrEqual(1_048_576)
  })
  it('moves the largest folded sections out of the comment, and says where they are', () => {
    expect(report.comment).toContain(
      '_1,995 more findings: moved to the [job summary](https://github.com/acme/telco/actions/runs/4711), for want of room._',
    )
    expect(report.comment).toContain('<summary>The 10 largest flips</summary>')
    expect(report.comment).toContain('<summary>Confusion matrix and curves</summary>')
  })
  it('keeps them in the job summary while they fit there', () => {
    const { comment, summary } = renderReport({ ...huge, models: [model] })
    expect(comment).not.toContain('Broken 1999')
    expect(summary).toContain('Broken 1999')
  })
  it('still opens with the verdict when thousands of models do not fit', () => {
    const models = Array.from({ length: 1500 }, (_, index) => ({
      ...model,
      name: `model-${index}`,
      evaluation: { ...evaluation },
    }))
    const { comment, summary, checkSummary } = renderReport({ ...input, models })
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_048_576)
    expect(Buffer.byteLength(checkSummary)).toBeLessThan(65_535)
    expect(firstLine(comment)).toContain('`model-3` and 1,496 more models pass')
    expect(comment).toContain('This does not hold everything: the rest is in the [job summary]')
  })
  it('does not grow with a single enormous value', () => {
    const { comment } = renderReport({ ...input, models: [{ ...model, name: 'x'.repeat(5_000_000) }] })
    expect(comment.length).toBeLessThan(20_000)
  })
  it('cuts an action summary too', () => {
    const text = renderValidation({ ...validation, findings: findings(8000) })
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_048_576)
    expect(text).toContain('moved to the records of the run')
  })
})
