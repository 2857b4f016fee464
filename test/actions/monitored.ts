import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  MemoryArtifacts,
  MemoryClock,
  MemoryFiles,
  MemoryGit,
  MemoryGitHub,
  MemoryIssues,
  memoryPorts,
} from '@mlwright/action'
import { openDataset, profileTable } from '@mlwright/data'
import type { Engine, Event, Ports } from '@mlwright/domain'
import { duckDb, nativeLoader } from '@mlwright/engines'
import { Records } from '@mlwright/tracking'
import { LocalFiles } from '@mlwright/workspace'
import { afterAll, onTestFinished } from 'vitest'
import action from '../../actions/monitor/action.ts'
import { scheduledJob } from './scheduled-job.ts'

/** Visits of a shop: skewed amounts, two plans, and whether somebody bought. */
export function shopVisits(rows: number, { shift = 0, label = true } = {}): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const amount = (((i * 37) % 101) ** 2 / 100 + shift).toFixed(2)
    return [i, amount, i % 5 === 0 ? 'pro' : 'basic', ...(label ? [i % 3 === 0 ? 'yes_' : 'no_'] : [])].join(',')
  })
  return `id,amount,plan${label ? ',bought' : ''}\n${lines.join('\n')}\n`
}

export const shopConfig = (monitor = '{ current: seen.csv, ignore: [id] }', more = '') => `version: 1
project: { name: shop }
datasets: { visits: { source: visits.csv } }
models:
  churn:
    dataset: visits
    task: classification
    target: bought
    positive: yes_
    train: { algorithm: logistic-regression }
    monitor: ${monitor}
${more}`

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-monitored-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) writeFileSync(join(folder, path), content)
  return folder
}

let shared: ReturnType<typeof duckDb> | null = null
afterAll(async () => {
  await shared?.close()
  shared = null
})
function engine(): Engine {
  shared ??= duckDb({
    load: nativeLoader({ own: import.meta.url }),
    temporaryFolder: join(tmpdir(), `mlwright-spill-${process.pid}`),
  })
  return shared
}

/** A repository on GitHub with a model whose data is looked at again and again. */
export function monitoredRepository() {
  const clock = new MemoryClock(new Date('2026-11-02T04:30:00Z'))
  const state = new MemoryGitHub({ clock })
  const issues = new MemoryIssues()
  const ports = memoryPorts({}, state)
  const bytes = (text: string) => new TextEncoder().encode(text)
  let runs = 100

  return {
    state,
    clock,
    issues,
    /** A version with a release that holds these files. */
    async release(version: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
      const commit = await state.refs.commit('main', version, new Map([['version', bytes(version)]]))
      const tag = `churn@${version}`
      await ports.tags.create({ name: tag, commit, message: `Register ${tag}` })
      const { id } = await ports.releases.draft({ tag, title: tag, body: '' })
      const sums = Object.entries(files).map(
        ([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`,
      )
      for (const [name, content] of Object.entries({ SHA256SUMS: bytes(sums.join('')), ...files }))
        await ports.releases.upload(id, name, content)
      await ports.releases.publish(id, false)
    },
    async promote(version: string, stage = 'production'): Promise<void> {
      const { commit } = state.tags.get(`churn@${version}`)!
      const number = [...state.tags.keys()].filter((name) => name.includes('#')).length + 1
      clock.time = new Date(clock.time.getTime() + 1000)
      await ports.tags.create({ name: `churn#${stage}#${number}`, commit, message: 'Promote' })
    },
    /** `profile.json` of visits. */
    async profile(visits: string, columns?: readonly string[]): Promise<Uint8Array> {
      const folder = folderWith({ 'visits.csv': visits })
      const file = { path: 'visits.csv', absolute: join(folder, 'visits.csv'), oid: 'visits' }
      const opened = await openDataset(engine(), { name: 'visits', files: [file] })
      const kept = opened.dataset.columns.filter(({ name }) => columns?.includes(name) ?? name !== 'id')
      const profile = await profileTable(engine(), { ...opened, dataset: { ...opened.dataset, columns: kept } })
      return bytes(JSON.stringify(profile))
    },
    points: async () => {
      const { found } = await new Records(state.refs).monitoring('churn', 100)
      return found.map(({ id, report }) => [id.slice(0, 8), report.verdict])
    },
    /** A week later the scheduled workflow runs: the reading job on the data, then the writing one with nothing but its artifact. */
    async week(
      files: Readonly<Record<string, string>>,
      given: {
        readonly config?: string
        readonly run?: number
        readonly attempt?: number
        readonly ports?: Partial<Ports>
      } = {},
    ) {
      const { config = shopConfig(), attempt = 1 } = given
      const run = given.run ?? ++runs
      clock.time = new Date(clock.time.getTime() + 7 * 86_400_000)
      const commit = await state.refs.commit('main', `Week ${run}`, new Map([['mlwright.yml', bytes(config)]]))
      const event: Event = {
        ...ports.event,
        name: 'schedule',
        repository: { owner: 'acme', name: 'shop', id: 1, private: false },
        commit,
        branch: 'main',
        run: { id: run, attempt, url: `https://github.com/acme/shop/actions/runs/${run}/attempts/${attempt}` },
      }
      const artifacts = new MemoryArtifacts()
      const job = (mode: string, own: Partial<Ports>) =>
        scheduledJob(action, { mode }, { event, artifacts, issues, ...own }, state)
      const folder = folderWith({ 'mlwright.yml': config, ...files })
      const reading = new LocalFiles(folder)
      const prepared = await job('prepare', {
        files: reading,
        git: new MemoryGit(new MemoryFiles(files)),
        engine: engine(),
      })
      const published = await job('publish', { files: new LocalFiles(folderWith({})), ...given.ports })
      return { run, prepared, published, artifacts }
    },
  }
}
