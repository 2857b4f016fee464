import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { DriftReport, type PeerDrift } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { project, type } from '../actions/project.ts'

/** Skewed numbers, a number of few values, integers, texts, flags; some are missing. */
function table(rows: number, seed: number, shift: number): string {
  let state = seed
  const next = () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
  const lines = Array.from({ length: rows }, () => {
    const amount = (next() ** 4 * 90 + shift * 3).toFixed(3)
    const rate = next() < 0.05 ? '' : (next() + next() + shift / 9).toFixed(4)
    const level = (Math.floor(next() * (3 + shift)) / 2).toFixed(1)
    const visits = Math.floor(next() ** 2 * 40 * (1 + shift / 9))
    const rooms = 1 + Math.floor(next() * 4)
    const plan = ['basic', 'plus', 'pro', 'trial'][Math.floor(next() ** (2 - shift / 2) * 4)]
    return [amount, rate, level, visits, rooms, next() < 0.1 ? '' : plan, next() < 0.4 + shift / 9].join(',')
  })
  return `amount,rate,level,visits,rooms,plan,active\n${lines.join('\n')}\n`
}

const sizes = { small: [700, 410], large: [2300, 900] } as const
const python = process.env.MLWRIGHT_TEST_PEERS ?? 'python3'
const installed = `
import importlib.metadata as m
assert m.version("evidently") == "0.7.23" and m.version("nannyml") == "0.13.1"
`
const equipped = spawnSync(python, ['-c', installed]).status === 0

async function ours(method: string, size: keyof typeof sizes) {
  const [m, n] = sizes[size]
  const folder = project({ 'a.csv': table(m, 11, 0), 'b.csv': table(n, 77, 1) })
  const files = ['--reference', 'a.csv', '--current', 'b.csv']
  const { stdout, said } = await type(folder, 'monitor', ...files, '--method', method, '--json')
  return { folder, said, report: DriftReport.parse(JSON.parse(stdout)) }
}

describe.each(['evidently', 'nannyml'])('the mode %s', (method) => {
  it.skipIf(!equipped).each(['small', 'large'] as const)(
    'gives the numbers of the installed package for %s tables (skipped where Python has no evidently 0.7.23 and nannyml 0.13.1)',
    async (size) => {
      const { folder, report } = await ours(method, size)
      const script = fileURLToPath(new URL('peers.py', import.meta.url))
      const { stdout, stderr } = spawnSync(python, [script, method, 'a.csv', 'b.csv'], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(stderr).not.toMatch(/Error/)
      const expected = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, [number[], boolean]>
      const together = report.multivariate?.peer ? [['', report.multivariate] as const] : []
      const peers = [...Object.entries(report.columns), ...together].filter(([, { peer }]) => peer !== null)
      expect(peers.map(([name]) => name)).toEqual(Object.keys(expected))
      for (const [name, { peer }] of peers) {
        const [scores, drifted] = expected[name]!
        expect([name, peer!.drifted]).toEqual([name, drifted])
        expect(peer!.scores).toHaveLength(scores.length)
        for (const [i, score] of scores.entries()) expect(peer!.scores[i]).toBeCloseTo(score, 9)
      }
    },
  )
})

describe('the modes of other tools', () => {
  it('say by which method, beside the calibrated verdict', async () => {
    const { report, said } = await ours('evidently', 'large')
    expect(report.method).toBe('evidently')
    const peer = (name: string) => report.columns[name]!.peer as PeerDrift
    // evidently 0.7.23 on these files, by test/drift/peers.py
    expect(peer('amount')).toMatchObject({ method: 'wasserstein', threshold: 0.1 })
    expect(peer('amount').scores[0]).toBeCloseTo(0.10995071110476305, 9)
    expect(peer('level')).toMatchObject({ method: 'jensenshannon' })
    expect(peer('level').scores[0]).toBeCloseTo(0.31219032927744095, 9)
    expect(report.calibrated_verdict).toBe('fail')
    expect(said).toContain('b against a:')
  })

  it('alarm by chunk where NannyML does', async () => {
    const { report } = await ours('nannyml', 'small')
    // nannyml 0.13.1 on these files, by test/drift/peers.py
    expect(report.columns.plan!.peer!.scores[0]).toBeCloseTo(0.07314342041284855, 9)
    expect(report.columns.plan!.peer!.scores).toHaveLength(10)
    const together = report.multivariate!.peer!
    expect(together).toMatchObject({ method: 'reconstruction_error', drifted: true })
    // The same, DataReconstructionDriftCalculator: the first and the last of ten chunks
    expect(together.scores[0]).toBeCloseTo(1.389090793104891, 9)
    expect(together.scores[9]).toBeCloseTo(1.694421370166876, 9)
  })

  it('need the reference itself', async () => {
    const profile = JSON.stringify({
      kind: 'Profile',
      version: 1,
      dataset: { name: 'a', digest: 'a' },
      rows: 1,
      columns: [],
    })
    const { code, said } = await type(
      project({ 'a.csv': table(90, 3, 0), 'p.json': profile }),
      ...['monitor', '--reference', 'p.json', '--current', 'a.csv', '--method', 'nannyml'],
    )
    expect(code).toBe(2)
    expect(said).toContain(
      'The method nannyml needs the reference data itself; a profile is enough for `calibrated` only.',
    )
  })
})
