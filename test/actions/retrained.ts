import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Action,
  MemoryArtifacts,
  MemoryChecks,
  MemoryClock,
  MemoryComments,
  MemoryGitHub,
  MemoryIssues,
  memoryPorts,
} from '@mlwright/action'
import type { Event, Ports, RetrainingHistory } from '@mlwright/domain'
import { duckDb, nativeLoader, onnxSessions } from '@mlwright/engines'
import { LocalFiles, LocalGit, ShellProcess } from '@mlwright/workspace'
import { afterAll } from 'vitest'
import monitor from '../../actions/monitor/action.ts'
import retrain from '../../actions/retrain/action.ts'
import { shopConfig } from './monitored.ts'
import { committed } from './project.ts'
import { scheduledJob } from './scheduled-job.ts'

export const bytes = (text: string) => new TextEncoder().encode(text)
export const branch = 'mlwright/retrain/churn'

/** Visits of a shop: skewed amounts, two plans; who spends more than `limit` buys, but for one in seven. */
export function visits(rows: number, { shift = 0, limit = 40, label = true, start = 0 } = {}): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const i = at + start
    const amount = ((i * 37) % 101) ** 2 / 100 + ((i * 13) % 29) / 100 + shift
    const buys = amount > limit !== (i % 7 === 3)
    return [amount.toFixed(2), i % 5 === 0 ? 'pro' : 'basic', ...(label ? [buys ? 'yes_' : 'no_'] : [])].join(',')
  })
  return `amount,plan${label ? ',bought' : ''}\n${lines.join('\n')}\n`
}

export const configOf = (model = '', monitored = '{ current: seen.csv }') => shopConfig(monitored, model)

let engines: { engine: ReturnType<typeof duckDb>; sessions: ReturnType<typeof onnxSessions> } | null = null
afterAll(async () => {
  await engines?.engine.close()
  engines = null
})
function natives() {
  const load = nativeLoader({ own: import.meta.url })
  engines ??= {
    engine: duckDb({ load, temporaryFolder: join(tmpdir(), `mlwright-retrain-${process.pid}`) }),
    sessions: onnxSessions({ load }),
  }
  return engines
}

type Files = Readonly<Record<string, string>>

export interface Week {
  readonly config?: string
  /** Inputs of `retrain`. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly run?: number
  readonly attempt?: number
  /** False where nothing is monitored before. */
  readonly monitored?: boolean
  readonly days?: number
  readonly ports?: Partial<Ports>
}

/** A repository on GitHub with a model whose data is looked at, and which is trained again, week after week. */
export function retrainedRepository(trained = visits(400)) {
  const clock = new MemoryClock(new Date('2026-11-02T04:30:00Z'))
  const state = new MemoryGitHub({ owner: 'acme', clock })
  const [issues, comments, checks] = [new MemoryIssues(), new MemoryComments(), new MemoryChecks()]
  const local = memoryPorts({}, state)
  let runs = 100
  let latest = new MemoryArtifacts()

  async function week(given: Files, options: Week = {}) {
    const { config = configOf(), attempt = 1, days = 7 } = options
    const run = options.run ?? ++runs
    clock.time = new Date(clock.time.getTime() + days * 86_400_000)
    const files = { 'mlwright.yml': config, 'visits.csv': trained, ...given }
    const commit = await state.refs.commit(
      'main',
      `Week ${run}`,
      new Map(Object.entries(files).map(([path, text]) => [path, bytes(text)])),
    )
    const event: Event = {
      ...local.event,
      name: 'schedule',
      repository: { owner: 'acme', name: 'shop', id: 1, private: false },
      commit,
      branch: 'main',
      run: { id: run, attempt, url: `https://github.com/acme/shop/actions/runs/${run}` },
    }
    const artifacts = new MemoryArtifacts()
    latest = artifacts
    const folder = committed(files)
    const reading = {
      files: new LocalFiles(folder),
      git: new LocalGit(folder),
      process: new ShellProcess({ PATH: process.env.PATH }),
      ...natives(),
    }
    const job = (action: Action, inputs: Readonly<Record<string, string>>, own: Partial<Ports>) =>
      scheduledJob(action, inputs, { event, artifacts, issues, comments, checks, ...own }, state)
    if (options.monitored !== false) {
      const looked = { model: 'churn', reference: 'visits.csv' }
      const seen = await job(monitor, { ...looked, mode: 'prepare' }, reading)
      if (seen.exitCode !== 0) throw new Error(seen.said)
      await job(monitor, { model: 'churn', mode: 'publish' }, { files: new LocalFiles(committed({ a: '' })) })
    }
    const prepared = await job(retrain, { mode: 'prepare', ...options.inputs }, reading)
    const published = await job(
      retrain,
      { mode: 'publish' },
      { files: new LocalFiles(committed({ a: '' })), ...options.ports },
    )
    return { run, commit, prepared, published, artifacts, event, folder }
  }

  return {
    clock,
    state,
    issues,
    comments,
    checks,
    week,
    /** Artifacts of the run that is going on. */
    artifacts: () => latest,
    head: () => state.refs.heads.get(branch) ?? null,
    /** What somebody else does. */
    push: (path: string, text: string) => state.refs.commit(branch, 'Edit', new Map([[path, bytes(text)]])),
    async remembered() {
      const file = await state.refs.read('mlwright-records', 'retraining/churn.json')
      const { proposals } = JSON.parse(new TextDecoder().decode(file ?? bytes('{"proposals":[]}'))) as RetrainingHistory
      return proposals.map(({ pull, decision, strategy }) => ({ pull, decision, strategy }))
    },
  }
}
