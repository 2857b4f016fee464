import { memoryPorts } from '@mlwright/action'
import { recordFiles } from '@mlwright/tracking'
import { expect, test } from 'vitest'
import { readDashboard } from '../../actions/dashboard/read-dashboard.ts'
import { commitTo, github, portsOf } from '../github/fixture.ts'
import { dashboardRun, driftReport } from '../report/dashboard-fixture.ts'

const dayOf = (index: number) => new Date(Date.UTC(2025, 0, 1 + index)).toISOString().slice(0, 10)

/** 70 runs on main and 65 monitoring points of each model. */
function records(models: readonly string[]): Record<string, string> {
  const files = new Map<string, Uint8Array | string>()
  for (const model of models) {
    for (let index = 0; index < 70; index++) {
      const { evaluation, run } = dashboardRun(dayOf(index), 0.8, { rounds: index })
      const commit = index.toString(16).padStart(40, 'c')
      const record = { run: { ...run, model }, evaluation, comparison: null, predictions: null, commit, branch: 'main' }
      for (const [path, content] of recordFiles(record)) files.set(path, content)
    }
    for (let index = 0; index < 65; index++)
      files.set(
        `monitoring/${model}/${dayOf(index).replaceAll('-', '')}T060000Z-1a2b3c4d.json`,
        JSON.stringify(driftReport(0, 0, [0.8, 0.8])),
      )
  }
  return Object.fromEntries([...files].map(([path, content]) => [path, Buffer.from(content).toString()]))
}

test('reads a long history in half the requests that a token has in an hour', async () => {
  const double = await github()
  await commitTo(double, 'mlwright-records', records(['churn', 'fraud']))
  const { refs, tags } = portsOf(double)
  const input = await readDashboard({ ...memoryPorts(), refs, tags }, undefined)
  expect(double.state.requests.length).toBeLessThanOrEqual(500)
  expect(
    input.models.map(({ history, monitoring, runs }) => [history.length, monitoring.found.length, runs.found.length]),
  ).toEqual([
    [60, 60, 60],
    [60, 60, 60],
  ])
  expect(input.models.map(({ monitoring, runs }) => [runs.total, monitoring.total])).toEqual([
    [70, 65],
    [70, 65],
  ])
}, 300_000)
