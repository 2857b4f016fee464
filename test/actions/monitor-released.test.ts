import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DriftReport } from '@mlwright/domain'
import { beforeAll, expect, test } from 'vitest'
import { type } from './project.ts'
import { copyOf, git, json, registeredProject } from './registered.ts'

const config = `version: 1
project: { name: shop }
datasets: { visits: { source: data.csv } }
models:
  m:
    dataset: visits
    task: classification
    target: bought
    positive: yes_
    features: { exclude: [id] }
    train: { algorithm: logistic-regression }
    evaluate: { metrics: [roc_auc] }
    monitor: { current: seen.csv, labels: labels.csv, score: score, key: id, budget: 2, runs: 12, ignore: [score] }
`

let state = 7
/** Longer visits buy more often; from `broken` on, they do not any more. */
function visits(rows: number, broken = Infinity) {
  const next = () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  return Array.from({ length: rows }, (_, id) => {
    const minutes = Math.round(next() ** 2 * 600) / 10
    const chance = Math.min(0.98, Math.max(0.02, minutes / 40))
    return {
      id,
      minutes,
      page: ['home', 'sale', 'help'][id % 3]!,
      chance,
      bought: next() < (id < broken ? chance : 0.2),
    }
  })
}
type Visits = ReturnType<typeof visits>

const yes = (bought: boolean) => (bought ? 'yes_' : 'no_')
const csv = (head: string, rows: readonly (readonly unknown[])[]) =>
  `${head}\n${rows.map((row) => row.join(',')).join('\n')}\n`
const seen = (rows: Visits, longer = 0) =>
  csv(
    'id,minutes,page,score',
    rows.map(({ id, minutes, page, chance }) => [id, minutes + longer, page, chance.toFixed(4)]),
  )
const labels = (rows: Visits) =>
  csv(
    'id,bought',
    rows.map(({ id, bought }) => [id, yes(bought)]),
  )

let folder: string
beforeAll(async () => {
  const trained = csv(
    'id,minutes,page,bought',
    visits(1500).map(({ id, minutes, page, bought }) => [id, minutes, page, yes(bought)]),
  )
  folder = await registeredProject({ 'mlwright.yml': config, 'data.csv': trained })
}, 120_000)

/** What `npx mlwright monitor` says of these files. */
async function monitored(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const copy = copyOf(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), { recursive: true })
    writeFileSync(join(copy, path), content)
  }
  if (!argv.includes('--stage')) git(copy, 'tag', '-a', 'm#production#1', '-m', 'Promote', 'm@v0.0.1^{}')
  const { code, said, noun } = await json(copy, 'monitor', ...argv)
  return { copy, code, said, report: noun && DriftReport.parse(noun) }
}

test('on a laptop the released profile is the reference, and the point is on the local records branch', async () => {
  const rows = visits(800)
  const { copy, code, said, report } = await monitored({ 'seen.csv': seen(rows), 'labels.csv': labels(rows) })
  expect(code, said).toBe(0)
  expect(report).toMatchObject({
    verdict: 'pass',
    reference: { name: 'm@v0.0.1', rows: 1500, source: 'profile' },
    budget: { false_alarms: 2, runs: 12 },
    findings: [],
  })
  // The scores here are true chances, not the model's answers, so they are ignored.
  expect(Object.keys(report!.columns).sort()).toEqual(['bought', 'minutes', 'page'])
  expect(report!.columns.bought).toMatchObject({ role: 'label', drifted: false })
  const branch = (...args: string[]) => execFileSync('git', args, { cwd: copy, encoding: 'utf8' }).trim().split('\n')
  const points = branch('ls-tree', '-r', '--name-only', 'mlwright-records', 'monitoring/')
  expect(points).toEqual([expect.stringMatching(/^monitoring\/m\/\d{8}T\d{6}Z-[0-9a-f]{8}\.json$/)])
  expect(JSON.parse(branch('show', `mlwright-records:${points[0]}`).join('\n'))).toEqual(report)
  expect(branch('branch', '--list', 'mlwright-lease*')).toEqual([''])
  // A line for each column, so that it stays small.
  const profile = readFileSync(join(copy, '.mlwright/releases/m@v0.0.1/profile.json'), 'utf8').split('\n')
  expect(profile.filter((line) => line.startsWith('{"name":'))).toHaveLength(3)
}, 30_000)

test('performance is compared with the released model’s answers on its test rows, as labels arrive', async () => {
  const rows = visits(1000, 400)
  const none = await monitored({ 'seen.csv': seen(rows), 'labels.csv': 'id,bought\n' })
  expect(none.report!.performance!.chunks.map(({ labelled }) => labelled)).toEqual(Array(10).fill(0))
  expect(none.report!.performance!.chunks[9]!.metrics.accuracy).toMatchObject({ measured: null, alert: false })
  const some = await monitored({ 'seen.csv': seen(rows), 'labels.csv': labels(rows.slice(0, 700)) })
  const { chunks, reference } = some.report!.performance!
  expect(chunks.map(({ labelled }) => labelled)).toEqual([100, 100, 100, 100, 100, 100, 100, 0, 0, 0])
  expect(chunks.slice(0, 8).map(({ metrics }) => metrics.roc_auc!.alert)).toEqual([
    ...[false, false, false, false],
    ...[true, true, true, false],
  ])
  // The model's own test rows: what `evaluate` measured, to the float32 of the stored scores.
  const evaluation = JSON.parse(
    git(
      some.copy,
      'show',
      `mlwright-records:${git(some.copy, 'ls-tree', '-r', '--name-only', 'mlwright-records')
        .split('\n')
        .find((path) => path.endsWith('evaluation.json'))}`,
    ),
  )
  expect(reference.roc_auc).toBeCloseTo(evaluation.metrics.roc_auc.value, 6)
}, 30_000)

test('an input beats the configuration, and the default is the first stage', async () => {
  const rows = visits(500)
  const files = { 'seen.csv': seen(rows), 'labels.csv': labels(rows), 'other.csv': seen(visits(600), 20) }
  const other = await monitored(files, '--current', 'other.csv', '--budget', '1', '--ignore', 'page')
  expect(other.report).toMatchObject({ current: { name: 'other', rows: 600 }, budget: { false_alarms: 1, runs: 12 } })
  expect(Object.keys(other.report!.columns).sort()).toEqual(['bought', 'minutes', 'score'])
  expect(other.code).toBe(1)
  const wrong = await monitored(files, '--stage', 'prodution')
  expect(wrong.said).toContain('mlwright.yml has no stage prodution; did you mean production?')
  const empty = await monitored(files, '--stage', 'production')
  expect(empty.said).toContain('There is no version of m in the stage production to compare with; promote one there')
}, 30_000)

test('the configuration says at its place what is wrong with it', async () => {
  const copy = copyOf(folder)
  const at = (text: string) =>
    writeFileSync(join(copy, 'mlwright.yml'), config.replace(/monitor: .*/, `monitor: ${text}`))
  at('{ curent: seen.csv }')
  expect((await type(copy, 'monitor')).said).toMatch(/mlwright\.yml:13:\d+: .*curent.*did you mean `current`\?/)
  at('{ current: seen.csv, stage: prodution }')
  expect((await type(copy, 'monitor')).said).toMatch(
    /mlwright\.yml:13:\d+: models\.m\.monitor\.stage names no stage \(prodution\); did you mean production\?/,
  )
}, 30_000)

test('a prediction log is read as it is: this model’s answers, its inputs, and the labels that became known', async () => {
  const rows = visits(900)
  const line = ({ id, minutes, page, chance }: Visits[number], model: string, more = {}) =>
    JSON.stringify({
      ...{ request_id: `q${id}`, timestamp: '2026-11-02T04:30:00.000Z', model, version: 'v0.0.1', ...more },
      inputs: { minutes, page },
      ...{ prediction: yes(chance >= 0.5), score: Number(chance.toFixed(4)), latency_ms: 0.412 },
    })
  const lines = rows.flatMap((row, i) => [
    ...(i % 3 === 0 ? [line({ ...row, minutes: row.minutes + 500 }, 'other')] : []),
    line(row, 'm'),
    ...(i % 4 === 0 ? [line(row, 'm', { shadow_of: { version: 'v0.0.1', score: 1 } })] : []),
    ...(i < 500 ? [JSON.stringify({ kind: 'feedback', request_id: `q${row.id}`, label: yes(row.bought) })] : []),
  ])
  const watched = config.replace(/monitor: .*/, "monitor: { current: 'logs/*.jsonl', ignore: [score] }")
  const log = `${lines.join('\n')}\n{"request_id":"q9","timest\n`
  const { code, said, report } = await monitored({ 'mlwright.yml': watched, 'logs/november.jsonl': log })
  expect(code, said).toBe(0)
  expect(report).toMatchObject({
    verdict: 'warn',
    current: { rows: 900 },
    findings: [{ rule: 'log-line', message: 'One line of the prediction log cannot be read: left out.' }],
  })
  expect(Object.entries(report!.columns).map(([name, { role, drifted }]) => [name, role, drifted])).toEqual([
    ['minutes', undefined, false],
    ['page', undefined, false],
    ['bought', 'label', false],
    ['prediction', 'prediction', false],
  ])
  const { chunks } = report!.performance!
  expect(chunks.map(({ labelled }) => labelled)).toEqual([90, 90, 90, 90, 90, 50, 0, 0, 0, 0])
  const right = rows.slice(0, 90).filter(({ chance, bought }) => chance >= 0.5 === bought).length
  expect(chunks[0]!.metrics.accuracy!.measured).toBeCloseTo(right / 90, 12)

  const redacted = log.replaceAll(/"page":"\w+"/g, '"page":"[redacted]"')
  const hidden = await monitored({ 'mlwright.yml': watched, 'logs/november.jsonl': redacted })
  expect(Object.keys(hidden.report!.columns).sort()).toEqual(['bought', 'minutes', 'prediction'])
  const strange = await monitored({ 'mlwright.yml': watched, 'logs/november.jsonl': log.replaceAll('"m"', '"n"') })
  expect(strange.said).toContain('The prediction log logs/*.jsonl has no answer of m;')
}, 30_000)

test('answers and labels are compared with those of the released model on its test rows, and named as such', async () => {
  const rows = visits(1200)
  const watched = config.replace(', ignore: [score]', '')
  const more = rows.map((row) => ({ ...row, chance: Math.min(0.99, row.chance + 0.3), bought: row.id % 10 > 1 }))
  const files = { 'mlwright.yml': watched, 'seen.csv': seen(more), 'labels.csv': labels(more) }
  const { code, report } = await monitored(files)
  expect(code).toBe(1)
  expect(report!.columns.score).toMatchObject({ role: 'prediction', drifted: true })
  expect(report!.columns.score!.reason).toMatch(/^Prediction drift\. The distribution moved by /)
  expect(report!.columns.bought).toMatchObject({ role: 'label', drifted: true })
  expect(report!.columns.bought!.reason).toMatch(/^Label drift\. Rows moved to other cells: /)
  expect(report!.columns.minutes).toMatchObject({ drifted: false })
  expect(report!.budget).toMatchObject({ columns: 4 })
}, 30_000)

test('labels that have not come yet are no error', async () => {
  const { code, report } = await monitored({ 'seen.csv': seen(visits(500)) })
  expect(code).toBe(0)
  expect(report!.findings.map(({ rule, level }) => [rule, level])).toEqual([['labels-missing', 'warn']])
  expect(report!.performance!.chunks[0]!.metrics.accuracy!.estimated).toBeGreaterThan(0.5)
}, 30_000)

test('answers count as the classes that they name, however a file types them', async () => {
  const numbered = config.replace('positive: yes_', "positive: '1'").replace('key: id,', 'key: id, prediction: answer,')
  const trained = csv(
    'id,minutes,page,bought',
    visits(900).map(({ id, minutes, page, bought }) => [id, minutes, page, Number(bought)]),
  )
  const own = await registeredProject({ 'mlwright.yml': numbered, 'data.csv': trained })
  git(own, 'tag', '-a', 'm#production#1', '-m', 'Promote', 'm@v0.0.1^{}')
  const rows = visits(700)
  const answered = rows.map(({ id, minutes, page, chance }) => [
    id,
    minutes,
    page,
    chance,
    chance >= 0.5 ? '1.0' : '0.0',
  ])
  writeFileSync(join(own, 'seen.csv'), csv('id,minutes,page,score,answer', answered))
  writeFileSync(
    join(own, 'labels.csv'),
    csv(
      'id,bought',
      rows.map(({ id, bought }) => [id, bought ? '1.0' : '0.0']),
    ),
  )
  const { code, said, noun } = await json(own, 'monitor', '--budget', '0.1')
  expect(code, said).toBe(0)
  const { columns, findings } = DriftReport.parse(noun)
  expect(findings).toEqual([])
  expect(columns.answer).toMatchObject({ role: 'prediction', type: 'string', drifted: false })
  expect(columns.bought).toMatchObject({ role: 'label', type: 'number', drifted: false })
  expect(columns.answer!.effects.new_categories!.value).toBe(0)
}, 60_000)
