import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DriftReport } from '@mlwright/domain'
import { renderDrift } from '@mlwright/report'
import { expect, test } from 'vitest'
import { uniform } from '../drift/answers.ts'
import { copyOf, git, json, registeredProject } from './registered.ts'

const config = (task: string, target: string, algorithm: string) => `version: 1
project: { name: flats }
datasets: { flats: { source: data.csv } }
models:
  m:
    dataset: flats
    task: ${task}
    target: ${target}
    features: { exclude: [id] }
    split: { method: random, test: 0.4, seed: 7 }
    train: { algorithm: ${algorithm} }
    monitor: { current: 'logs/*.jsonl' }
`

/** A flat, what it costs and what kind it is; `dearer` is added to every price. */
function flats(rows: number, seed: number, dearer = 0) {
  const next = uniform(seed)
  return Array.from({ length: rows }, (_, id) => {
    const size = 20 + next() ** 2 * 130
    const floor = Math.floor(next() * 6)
    const price = 100 + 9 * size + 12 * floor + dearer - Math.log(next()) * 60
    const kind = next() < 0.85 ? (size < 45 ? 'studio' : size < 90 ? 'flat' : 'loft') : 'flat'
    return { id, size: size.toFixed(1), floor, price: price.toFixed(1), kind }
  })
}
type Flat = ReturnType<typeof flats>[number]

/** What a server logged, an answer an hour, and the labels of the first that became known. */
function log(rows: readonly Flat[], answer: (flat: Flat) => object, label: (flat: Flat) => unknown, known: number) {
  return rows
    .flatMap((flat, row) => {
      const timestamp = new Date(Date.UTC(2026, 9, 1) + row * 3_600_000).toISOString()
      const own = { request_id: `q${flat.id}`, timestamp }
      const inputs = { size: Number(flat.size), floor: flat.floor }
      const line = { ...own, model: 'm', version: 'v0.0.1', inputs, ...answer(flat), latency_ms: 0.3 }
      return [line, ...(row < known ? [{ ...own, kind: 'feedback', label: label(flat) }] : [])]
    })
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}

async function monitored(folder: string, text: string) {
  const copy = copyOf(folder)
  const path = join(copy, 'logs/october.jsonl')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  git(copy, 'tag', '-a', 'm#production#1', '-m', 'Promote', 'm@v0.0.1^{}')
  const { code, said, noun } = await json(copy, 'monitor')
  expect(noun, said).not.toBeNull()
  return { code, report: DriftReport.parse(noun) }
}

test('a regression is followed by its log and the answers that were released, and dearer flats are told', async () => {
  const trained = [
    'id,size,floor,price',
    ...flats(900, 3).map(({ id, size, floor, price }) => [id, size, floor, price].join(',')),
  ]
  const files = {
    'mlwright.yml': config('regression', 'price', 'linear-regression'),
    'data.csv': `${trained.join('\n')}\n`,
  }
  const folder = await registeredProject(files)
  const prediction = ({ size, floor }: Flat) => ({ prediction: 160 + 9 * Number(size) + 12 * floor, score: null })
  const calm = await monitored(
    folder,
    log(flats(600, 5), prediction, ({ price }) => Number(price), 300),
  )
  const { task, estimator, chunks, concept } = calm.report.performance!
  expect({ task, estimator }).toEqual({ task: 'regression', estimator: 'dle' })
  expect(chunks.map(({ labelled }) => labelled)).toEqual([60, 60, 60, 60, 60, 0, 0, 0, 0, 0])
  expect(chunks.flatMap(({ metrics }) => Object.values(metrics)).some(({ alert }) => alert)).toBe(false)
  expect(chunks[9]!.metrics.mae!.estimated! / chunks[0]!.metrics.mae!.measured!).toBeGreaterThan(0.7)
  expect(concept!.alarms).toEqual([])

  const dearer = flats(600, 5).map((flat, row) => ({
    ...flat,
    price: row < 250 ? flat.price : `${Number(flat.price) + 150}`,
  }))
  const { report } = await monitored(
    folder,
    log(dearer, prediction, ({ price }) => Number(price), 600),
  )
  expect(report.performance!.chunks.filter(({ metrics }) => metrics.mae!.alert).length).toBeGreaterThanOrEqual(5)
  expect(report.performance!.concept!.alarms[0]!.since_time).toMatch(/^2026-10-(0[89]|1[0-3])T/)
  const said = renderDrift(report)
  expect(said).toContain('a model of the errors in the reference')
  expect(said).toMatch(/\*\*Concept drift\*\*, as `adwin` sees it along 600 labelled rows/)
}, 120_000)

test('several classes are followed by the score of the predicted one', async () => {
  const rows = flats(900, 3).map(({ id, size, floor, kind }) => [id, size, floor, kind].join(','))
  const files = {
    'mlwright.yml': config('classification', 'kind', 'gradient-boosting'),
    'data.csv': `${['id,size,floor,kind', ...rows].join('\n')}\n`,
  }
  const folder = await registeredProject(files)
  const answer = ({ size }: Flat) => {
    const number = Number(size)
    return {
      prediction: number < 45 ? 'studio' : number < 90 ? 'flat' : 'loft',
      score: number >= 45 && number < 90 ? 0.99 : 0.85,
    }
  }
  const { report } = await monitored(
    folder,
    log(flats(500, 6), answer, ({ kind }) => kind, 250),
  )
  const { estimator, reference, chunks } = report.performance!
  expect(estimator).toBe('cbpe')
  expect(Object.keys(reference)).toEqual(['accuracy', 'f1_macro'])
  expect(chunks.map(({ labelled }) => labelled)).toEqual([50, 50, 50, 50, 50, 0, 0, 0, 0, 0])
  const right = flats(500, 6)
    .slice(0, 50)
    .filter((flat) => answer(flat).prediction === flat.kind).length
  expect(chunks[0]!.metrics.accuracy!.measured).toBeCloseTo(right / 50, 12)
  expect(Math.abs(chunks[9]!.metrics.accuracy!.estimated! - reference.accuracy!)).toBeLessThan(0.08)
}, 120_000)
