import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DriftReport } from '@mlwright/domain'
import { expect, test } from 'vitest'
import { git, json, registeredProject } from './registered.ts'

const config = (task: string, target: string, algorithm: string) => `version: 1
project: { name: shop }
datasets: { visits: { source: data.csv } }
models:
  m:
    dataset: visits
    task: ${task}
    target: ${target}
    features: { exclude: [id] }
    train: { algorithm: ${algorithm} }
    monitor: { current: 'logs/*.jsonl', budget: 0.5 }
`

let state = 23
const next = () => {
  state = (state * 16807) % 2147483647
  return state / 2147483647
}

interface Visit {
  readonly id: number
  readonly minutes: number
  readonly page: string
  readonly spent: number
  readonly plan: string
}
const visits = (rows: number): Visit[] =>
  Array.from({ length: rows }, (_, id) => {
    const minutes = next() ** 2 * 60
    const spent = minutes * 2 + next() * 20
    return { id, minutes, page: ['home', 'sale'][id % 2]!, spent, plan: ['a', 'b', 'c'][Math.floor(next() * 3)]! }
  })

const data = (rows: readonly Visit[], target: 'spent' | 'plan') =>
  `id,minutes,page,${target}\n${rows.map((row) => [row.id, row.minutes, row.page, row[target]].join(',')).join('\n')}\n`

const log = (rows: readonly Visit[], answer: (row: Visit) => { prediction: unknown; score: number | null }) =>
  rows
    .map(({ id, minutes, page, ...row }) =>
      JSON.stringify({
        ...{ request_id: `q${id}`, timestamp: '2026-11-02T04:30:00.000Z', model: 'm', version: 'v0.0.1' },
        inputs: { minutes, page },
        ...answer({ id, minutes, page, ...row }),
        latency_ms: 0.4,
      }),
    )
    .join('\n')

async function monitored(folder: string, text: string) {
  mkdirSync(join(folder, 'logs'), { recursive: true })
  writeFileSync(join(folder, 'logs/november.jsonl'), `${text}\n`)
  const { said, noun } = await json(folder, 'monitor')
  expect(noun, said).not.toBeNull()
  return DriftReport.parse(noun)
}

async function released(task: string, target: 'spent' | 'plan', algorithm: string) {
  const files = { 'mlwright.yml': config(task, target, algorithm), 'data.csv': data(visits(1200), target) }
  const folder = await registeredProject(files)
  git(folder, 'tag', '-a', 'm#production#1', '-m', 'Promote', 'm@v0.0.1^{}')
  return folder
}

test('what a regression answers is compared with its answers on its test rows', async () => {
  const folder = await released('regression', 'spent', 'linear-regression')
  const answer = (more: number) => (row: Visit) => ({ prediction: row.minutes * 2 + 10 + more, score: null })
  const calm = await monitored(folder, log(visits(600), answer(0)))
  expect(calm.columns.prediction).toMatchObject({ role: 'prediction', type: 'number', drifted: false })
  expect(calm.columns).not.toHaveProperty('score')
  const moved = await monitored(folder, log(visits(600), answer(25)))
  expect(moved.columns.minutes!.drifted).toBe(false)
  expect(moved.columns.prediction!.reason).toMatch(/^Prediction drift\. The distribution moved by /)
}, 60_000)

test('what a classifier of three classes answers is compared, and how sure it is', async () => {
  const folder = await released('classification', 'plan', 'logistic-regression')
  const answer = (class_: (row: Visit) => string) => (row: Visit) => ({ prediction: class_(row), score: 0.9 })
  const moved = await monitored(
    folder,
    log(
      visits(600),
      answer(() => 'c'),
    ),
  )
  expect(moved.columns.prediction).toMatchObject({ role: 'prediction', type: 'string', drifted: true })
  expect(moved.columns.prediction!.reason).toMatch(/^Prediction drift\. Rows moved to other cells: /)
  // Nothing tells the plans apart, so the released model is never so sure.
  expect(moved.columns.score).toMatchObject({ role: 'prediction', drifted: true })
  expect(moved.columns.minutes!.drifted).toBe(false)
}, 60_000)
