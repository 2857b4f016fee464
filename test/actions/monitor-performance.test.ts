import { DriftReport } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { project, type } from './project.ts'

/** Answers of a classifier; from `broken` on, its labels are turned around in two of five rows. */
function answers(rows: number, seed: number, broken = Infinity) {
  let state = seed
  const next = () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  return Array.from({ length: rows }, (_, i) => {
    const chance = next() ** 0.7
    const label = next() < chance ? 1 : 0
    const turned = i >= broken && next() < 0.4
    return { id: `q${i}`, score: (chance * 0.9 + 0.05).toFixed(4), label: turned ? 1 - label : label }
  })
}

const csv = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`
const scored = (rows: ReturnType<typeof answers>) =>
  csv(
    'request_id,score',
    rows.map(({ id, score }) => `${id},${score}`),
  )
const labels = (rows: ReturnType<typeof answers>, more: readonly string[] = []) =>
  csv('request_id,bought', [...rows.map(({ id, label }) => `${id},${label}`), ...more])

const reference = csv(
  'request_id,score,bought',
  answers(2000, 5).map(({ id, score, label }) => `${id},${score},${label}`),
)
const columns = ['--score', 'score', '--label', 'bought', '--labels', 'labels.csv']

async function follow(files: Record<string, string>, ...argv: string[]) {
  const folder = project({ 'a.csv': reference, ...files })
  const { code, stdout, said } = await type(
    folder,
    ...['monitor', '--reference', 'a.csv', '--current', 'b.csv', ...argv, '--json'],
  )
  return { code, said, report: stdout === '' ? null : DriftReport.parse(JSON.parse(stdout)) }
}

describe('the performance of a classifier', () => {
  it('is measured where labels have arrived and estimated where they have not, without an alarm while it holds', async () => {
    const rows = answers(1500, 77)
    const { report } = await follow({ 'b.csv': scored(rows), 'labels.csv': labels(rows.slice(0, 900)) }, ...columns)
    const { chunks, reference: before } = report!.performance!
    expect(report!.verdict).toBe('pass')
    expect(chunks.map(({ labelled }) => labelled)).toEqual([150, 150, 150, 150, 150, 150, 0, 0, 0, 0])
    const right = rows.slice(0, 150).filter(({ score, label }) => Number(score) >= 0.5 === (label === 1)).length
    expect(chunks[0]!.metrics.accuracy!.measured).toBeCloseTo(right / 150, 12)
    expect(chunks[0]!.metrics.accuracy!.low).toBeLessThan(right / 150)
    expect(chunks[9]!.metrics.accuracy).toMatchObject({ measured: null, alert: false })
    // Nothing has changed, so the estimate without labels is near what the reference measured.
    for (const name of ['accuracy', 'roc_auc'])
      expect(Math.abs(chunks[9]!.metrics[name]!.estimated! - before[name]!)).toBeLessThan(0.06)
  })

  it('rings where it breaks, which no test of the inputs could see', async () => {
    const rows = answers(1500, 77, 750)
    const { code, report, said } = await follow({ 'b.csv': scored(rows), 'labels.csv': labels(rows) }, ...columns)
    expect(code).toBe(0)
    expect(report!.verdict).toBe('warn')
    expect(report!.columns.score!.drifted).toBe(false)
    const alerts = report!.performance!.chunks.map(({ metrics }) => metrics.accuracy!.alert)
    expect(alerts.slice(0, 5)).toEqual([false, false, false, false, false])
    expect(alerts.filter(Boolean).length).toBeGreaterThanOrEqual(4)
    expect(said).toContain('Performance is below the reference in')
  })

  it('leaves out labels that contradict each other, and those of nobody', async () => {
    const rows = answers(300, 77)
    const twice = [`q0,${rows[0]!.label}`, `q1,${1 - rows[1]!.label}`, 'q9999,1']
    const { report } = await follow({ 'b.csv': scored(rows), 'labels.csv': labels(rows, twice) }, ...columns)
    expect(report!.performance!.chunks.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(299)
    expect(report!.findings).toMatchObject([{ rule: 'label-twice', level: 'warn', count: 1 }])
  })

  it.each([
    [['--score', 'score'], 'Performance needs both `score` and `label`: the names of two columns.'],
    [['--score', 'scores', '--label', 'bought'], 'a has no column scores; did you mean score?'],
    [
      ['--score', 'score', '--label', 'sold'],
      'The reference has 0 rows with a score and a label; performance needs 20.',
    ],
  ])('says in one sentence what %j lacks', async (argv, sentence) => {
    const { code, said } = await follow({ 'b.csv': scored(answers(40, 3)) }, ...argv)
    expect(code).toBeGreaterThan(0)
    expect(said).toContain(sentence)
  })
})
