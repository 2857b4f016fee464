import { MemoryRunner, memoryPorts, runAction } from '@mlwright/action'
import { UserError } from '@mlwright/domain'
import { describe, expect, it } from 'vitest'
import { monitor, values } from './fixture.ts'

async function run(given: Record<string, string>) {
  const runner = new MemoryRunner()
  const result = await runAction(monitor, values({ current: 'a.csv', ...given }), memoryPorts({ runner }))
  return { runner, ...result }
}

describe('runAction', () => {
  it('writes outputs, annotations and summary, and logs the message of what passes', async () => {
    const { runner, exitCode, outcome } = await run({})
    expect(exitCode).toBe(0)
    expect(outcome?.noun).toEqual({ verdict: 'pass' })
    expect(Object.fromEntries(runner.outputs)).toEqual({ verdict: 'pass', report: 'report.json' })
    expect(runner.summaries).toEqual(['## Monitor'])
    expect(runner.annotations).toHaveLength(1)
    expect(runner.lines.at(-1)).toBe('It is a pass.')
    expect(runner.failures).toEqual([])
  })

  it.each([
    ['pass', 'fail', 0],
    ['warn', 'fail', 0],
    ['fail', 'fail', 1],
    ['pass', 'warn', 0],
    ['warn', 'warn', 1],
    ['fail', 'warn', 1],
    ['warn', 'never', 0],
    ['fail', 'never', 0],
  ])('a verdict %s under fail-on %s exits with %i', async (ending, failOn, expected) => {
    const { exitCode, runner } = await run({ ending, 'fail-on': failOn })
    expect(exitCode).toBe(expected)
    expect(runner.failures).toEqual(expected === 1 ? [`It is a ${ending}.`] : [])
    expect(runner.outputs.get('verdict')).toBe(ending)
  })

  it('fails with the sentence alone where the user has to change something', async () => {
    const { exitCode, runner, error, outcome } = await run({ ending: 'missing' })
    expect([exitCode, outcome]).toEqual([1, null])
    expect(error).toBeInstanceOf(UserError)
    expect(runner.failures).toEqual(['There is no a.csv; correct the path.'])
    expect(runner.outputs.size).toBe(0)
  })

  it('says wrong inputs, also under fail-on: never', async () => {
    const { exitCode, runner } = await run({ budget: 'x', 'fail-on': 'never' })
    expect(exitCode).toBe(2)
    expect(runner.failures[0]).toContain('`budget` is "x"')
  })

  it('asks for a report, with the stack, where mlwright itself is wrong', async () => {
    const { exitCode, runner } = await run({ ending: 'bug' })
    expect(exitCode).toBe(1)
    expect(runner.failures[0]).toContain('a bug of mlwright; please report it')
    expect(runner.failures[0]).toContain('TypeError: x is not a function\n    at ')
  })
})
