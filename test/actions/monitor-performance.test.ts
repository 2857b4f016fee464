import { DriftReport } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { classAnswers, numberAnswers } from '../drift/answers.ts'
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
    for (const { measured, low, high } of Object.values(chunks[0]!.metrics)) {
      expect(low).toBeLessThan(measured!)
      expect(high).toBeGreaterThan(measured!)
    }
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
    expect(alerts.filter(Boolean).length).toBeGreaterThanOrEqual(3)
    expect(said).toContain('Performance is worse than the reference in')
  })

  it('leaves out labels that contradict each other, and those of nobody', async () => {
    const rows = answers(300, 77)
    const twice = [`q0,${rows[0]!.label}`, `q1,${1 - rows[1]!.label}`, 'q9999,1']
    const { report } = await follow({ 'b.csv': scored(rows), 'labels.csv': labels(rows, twice) }, ...columns)
    expect(report!.performance!.chunks.reduce((sum, { labelled }) => sum + labelled, 0)).toBe(299)
    expect(report!.findings).toMatchObject([{ rule: 'label-twice', level: 'warn', count: 1 }])
  })

  it.each([
    [['--score', 'score'], 'Performance needs `label` and one of `score` and `prediction`: the names of columns.'],
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

describe('the performance of a regression', () => {
  const table = (answers: ReturnType<typeof numberAnswers>, labelled = true) =>
    csv(
      `id,at,x,predicted${labelled ? ',price' : ''}`,
      Array.from(answers.x, (x, row) => {
        // The clock of one machine was behind: the file is not in the order of time.
        const at = new Date(Date.UTC(2026, 0, 1) + (row % 2 === 0 ? row : row - 1.5) * 3_600_000).toISOString()
        const known = labelled ? [answers.labels[row]!.toFixed(4)] : []
        return [`q${row}`, at, x.toFixed(4), answers.predictions[row]!.toFixed(4), ...known].join(',')
      }),
    )
  const regression = [
    ...['--prediction', 'predicted', '--label', 'price', '--task', 'regression'],
    ...['--timestamp', 'at', '--ignore', 'id,at'],
  ]
  const before = { 'a.csv': table(numberAnswers(2000, 3)) }

  it('is measured in the order of time, rings, and says since when errors have grown', async () => {
    const now = numberAnswers(1000, 4, { noise: 2.5, broken: 600 })
    const { report, said } = await follow({ ...before, 'b.csv': table(now) }, ...regression)
    const { task, chunks, concept } = report!.performance!
    expect(task).toBe('regression')
    expect(chunks.map(({ metrics }) => metrics.mae!.alert)).toEqual([...Array(6).fill(false), ...Array(4).fill(true)])
    expect(chunks[0]!.from).toBe('2025-12-31T23:30:00.000Z')
    expect(concept!.alarms[0]!.since).toBeGreaterThan(560)
    expect(concept!.alarms[0]!.since).toBeLessThan(640)
    expect(said).toContain('Performance is worse than the reference in 4 of 10 chunks.')
  })

  it('is foretold from prediction and features where no label has arrived', async () => {
    const rows = numberAnswers(1000, 4, { shift: 1.5 })
    const { report } = await follow({ ...before, 'b.csv': table(rows, false) }, ...regression)
    const { estimator, chunks } = report!.performance!
    expect(estimator).toBe('dle')
    const truth = rows.labels.reduce((sum, label, row) => sum + Math.abs(label - rows.predictions[row]!), 0) / 1000
    const estimate = chunks.reduce((sum, { metrics }) => sum + metrics.mae!.estimated!, 0) / chunks.length
    expect(Math.abs(estimate / truth - 1)).toBeLessThan(0.15)
    expect(chunks.every(({ metrics }) => metrics.mae!.measured === null)).toBe(true)
  })

  it('leaves out what is infinite, with a warning', async () => {
    const text = table(numberAnswers(300, 4)).replace(/^(q7,[^,]*,[^,]*),[^,]*/m, '$1,inf')
    const { report } = await follow({ ...before, 'b.csv': text }, ...regression)
    expect(report!.findings).toMatchObject([{ rule: 'finite', level: 'warn', count: 1 }])
    expect(report!.performance!.chunks[0]!.labelled).toBe(29)
  })
})

describe('the performance of a classifier of several classes', () => {
  const table = ({ classes, scores, predicted, labels }: ReturnType<typeof classAnswers>, labelled: number) =>
    csv(
      'p_ash,p_elm,p_oak,tree,truth',
      Array.from(predicted, (k, row) =>
        [
          ...Array.from(scores.subarray(row * 3, row * 3 + 3), (score) => score.toFixed(5)),
          classes[k],
          row < labelled ? classes[labels[row]!] : '',
        ].join(','),
      ),
    )
  const several = ['--score', 'p_*', '--prediction', 'tree', '--label', 'truth']
  const before = { 'a.csv': table(classAnswers(2000, 11), 2000) }

  it('is measured and estimated by the scores of every class', async () => {
    const { report } = await follow({ ...before, 'b.csv': table(classAnswers(1000, 12), 500) }, ...several)
    const { chunks, reference: known } = report!.performance!
    expect(Object.keys(known)).toEqual(['accuracy', 'f1_macro', 'roc_auc_ovr'])
    expect(chunks.map(({ labelled }) => labelled)).toEqual([100, 100, 100, 100, 100, 0, 0, 0, 0, 0])
    expect(chunks.some(({ metrics }) => Object.values(metrics).some(({ alert }) => alert))).toBe(false)
    expect(Math.abs(chunks[9]!.metrics.roc_auc_ovr!.estimated! - known.roc_auc_ovr!)).toBeLessThan(0.06)
    expect(report!.budget).toMatchObject({ performance: 1 })
  })

  it('says which columns a pattern lacks', async () => {
    const { code, said } = await follow({ ...before, 'b.csv': before['a.csv'] }, '--score', 'q_*', '--label', 'truth')
    expect(code).toBe(2)
    expect(said).toContain('The score `q_*` needs a column for each class, and a has none;')
  })
})
