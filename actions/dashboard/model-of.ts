import { UserError } from '@mlwright/domain'
import { type RegistryEvent, registryState } from '@mlwright/registry'
import type { DashboardModel, HistoryPoint, StageEvent } from '@mlwright/report'
import { type Records, runTime } from '@mlwright/tracking'
import { notesOf, type Registry } from '../common/registry.ts'

export interface Sources {
  readonly registry: Registry
  /** Oldest first. */
  readonly events: readonly RegistryEvent[]
  readonly records: Records
  /** The default branch. */
  readonly branch: string
  /** Files of each kind to read. */
  readonly most: number
}

/** Moves that a page shows with ease. */
const shownEvents = 200

/** The last moves between stages, each with what the stage held from then on. */
function stageEvents(name: string, { events, registry }: Sources): DashboardModel['events'] {
  const own = events.filter(({ model }) => model === name)
  const moves = own.flatMap((event, at) => (event.stage === null ? [] : [{ event, at }]))
  const by = new Map(registry.tags.map((tag) => [tag.name, tag.tagger]))
  const found = moves.slice(-shownEvents).map(({ event, at }): StageEvent => {
    const stages = registryState(own.slice(0, at + 1)).models[name]?.stages ?? {}
    const stage = event.stage!
    return {
      at: event.at,
      stage,
      event: event.event === 'assignment' ? 'assignment' : 'unassignment',
      version: event.version ?? event.commit,
      commit: event.commit,
      tag: event.tag,
      by: by.get(event.tag) ?? null,
      holds: Object.hasOwn(stages, stage) ? stages[stage]! : null,
    }
  })
  return { found, total: moves.length }
}

async function historyOf(
  name: string,
  { branch, most, records }: Sources,
): Promise<{ readonly history: HistoryPoint[]; readonly problems: readonly string[] }> {
  try {
    const pointers = await records.history(branch, name, most)
    return {
      history: pointers.map(({ commit, metrics, run }) => ({ at: runTime(run), run, commit, metrics })),
      problems: [],
    }
  } catch (error) {
    if (error instanceof UserError && error.code === 'RECORD_INVALID') return { history: [], problems: [error.message] }
    throw error
  }
}

/** What tags and records say of a model. */
export async function modelOf(name: string, sources: Sources): Promise<DashboardModel> {
  const { most, records, registry } = sources
  const model = registry.models.get(name)
  const noteOf = notesOf(registry)
  const { history, problems } = await historyOf(name, sources)
  const runs = await records.runs(name, most)
  const monitoring = await records.monitoring(name, most)
  return {
    name,
    deprecated: model?.deprecated ?? false,
    versions: (model?.versions ?? []).map(({ active, at, commit, tag, version }) => ({
      version,
      tag,
      at,
      commit,
      active,
      run: noteOf(tag)?.run ?? null,
    })),
    stages: Object.fromEntries([...(model?.stages ?? [])].map(([stage, [first]]) => [stage, first!.version])),
    events: stageEvents(name, sources),
    runs: { found: runs.found.map((entry) => ({ at: runTime(entry.run.id), ...entry })), total: runs.total },
    history,
    monitoring: {
      found: monitoring.found.map(({ id, report }) => ({ at: runTime(id), report })),
      total: monitoring.total,
    },
    problems: [...problems, ...runs.problems, ...monitoring.problems],
  }
}
