import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Performance } from '@mlwright/domain'
import { followClasses, followNumbers } from '@mlwright/drift'
import { heldOutScores } from '@mlwright/learn'
import { describe, expect, it } from 'vitest'
import { classAnswers, numberAnswers } from './answers.ts'

const python = process.env.MLWRIGHT_TEST_PEERS ?? 'python3'
const installed = 'import importlib.metadata as m; assert m.version("nannyml") == "0.13.1"'
const equipped = spawnSync(python, ['-c', installed]).status === 0

/** NannyML's estimates by metric, one for each of five chunks. */
function theirs(kind: 'classes' | 'numbers', reference: string, current: string): Record<string, number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-peers-'))
  writeFileSync(join(folder, 'a.csv'), reference)
  writeFileSync(join(folder, 'b.csv'), current)
  const script = fileURLToPath(new URL('performance-peers.py', import.meta.url))
  const { stdout, stderr } = spawnSync(python, [script, kind, 'a.csv', 'b.csv'], { cwd: folder, encoding: 'utf8' })
  expect(stderr).not.toMatch(/Error/)
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}

const estimates = ({ chunks }: Performance, name: string) => chunks.map(({ metrics }) => metrics[name]!.estimated!)
const csv = (head: string, rows: number, line: (row: number) => readonly unknown[]) =>
  `${head}\n${Array.from({ length: rows }, (_, row) => line(row).join(',')).join('\n')}\n`

describe.skipIf(!equipped)('performance without labels (skipped where Python has no nannyml 0.13.1)', () => {
  it('of several classes is what NannyML estimates from confidence', () => {
    const [reference, current] = [classAnswers(3000, 11), classAnswers(1705, 12, 1.5)]
    const table = ({ classes, scores, predicted, labels }: typeof reference, labelled: boolean) =>
      csv(`p_ash,p_elm,p_oak,prediction${labelled ? ',y' : ''}`, predicted.length, (row) => [
        ...scores.subarray(row * 3, row * 3 + 3),
        classes[predicted[row]!],
        ...(labelled ? [classes[labels[row]!]] : []),
      ])
    const unlabelled = { ...current, labels: new Float64Array(1705).fill(Number.NaN) }
    const ours = followClasses(reference, unlabelled, 0.05, 5)
    const known = theirs('classes', table(reference, true), table(current, false))
    for (const [name, metric] of [
      ['accuracy', 'accuracy'],
      ['f1_macro', 'f1'],
      ['roc_auc_ovr', 'roc_auc'],
    ] as const)
      for (const [chunk, value] of estimates(ours, name).entries())
        expect(Math.abs(value - known[metric]![chunk]!)).toBeLessThan(0.004)
  }, 120_000)

  it('of numbers is near what NannyML foretells with other trees', async () => {
    const [reference, current] = [numberAnswers(3000, 3), numberAnswers(1700, 5, { shift: 1 })]
    const groups = 'abc'
    const table = ({ x, predictions, labels }: typeof reference, labelled: boolean) =>
      csv(`x,g,prediction${labelled ? ',y' : ''}`, x.length, (row) => [
        x[row],
        groups[row % 3],
        predictions[row],
        ...(labelled ? [labels[row]] : []),
      ])
    const values = Float64Array.from([...reference.predictions, ...current.predictions])
    const foretell = async (loss: (error: number) => number) => {
      const labels = new Float64Array(4700)
      labels.set(reference.labels.map((label, row) => loss(label - reference.predictions[row]!)))
      const set = {
        table: { rows: 4700, columns: new Map([['p', { type: 'number' as const, values }]]) },
        rows: Int32Array.from({ length: 3000 }, (_, row) => row),
        validation: Int32Array.from({ length: 1700 }, (_, row) => 3000 + row),
        ...{ labels, task: 'regression' as const, classes: [], features: [{ name: 'p', type: 'number' as const }] },
      }
      return (await heldOutScores(set, { rounds: 60, leaves: 16, min_leaf: 20 }, 1)).scores
    }
    const losses = { absolute: await foretell(Math.abs), squared: await foretell((error) => error ** 2) }
    const unlabelled = { ...current, labels: new Float64Array(1700).fill(Number.NaN) }
    const ours = followNumbers(reference, unlabelled, 0.05, losses, 5)
    const known = theirs('numbers', table(reference, true), table(current, false))
    for (const name of ['mae', 'rmse'])
      for (const [chunk, value] of estimates(ours, name).entries())
        expect(Math.abs(value / known[name]![chunk]! - 1)).toBeLessThan(0.05)
  }, 120_000)
})
