import { comparePrecedence, type Precedence, precedence } from './compare-versions.ts'
import type { RegistryEvent } from './registry-event.ts'

/** A version that a tag registered, at one commit. */
export interface RegisteredVersion {
  readonly version: string
  readonly commit: string
  /** The newest tag that registered it, and its Unix seconds. */
  readonly tag: string
  readonly at: number
  /** False after a deregistration. */
  readonly active: boolean
}

/** A stage that a version holds. */
export interface Assignment {
  /** The commit where no version is registered at it. */
  readonly version: string
  readonly commit: string
  /** The newest tag that assigned it, and its Unix seconds. */
  readonly tag: string
  readonly at: number
}

export interface RegistryModel {
  readonly name: string
  readonly deprecated: boolean
  /** The highest active version. */
  readonly latest: RegisteredVersion | null
  /** Highest first, deregistered ones too. */
  readonly versions: readonly RegisteredVersion[]
  /** Active assignments by stage, newest first: the first is in the stage, the second takes over when it is unassigned. */
  readonly stages: ReadonlyMap<string, readonly Assignment[]>
}

/** `order` counts the events before: of a version the first that names it, of a stage the last. */
interface Registered {
  readonly order: number
  readonly rank: Precedence
  last: RegisteredVersion
}

interface Assigned {
  readonly event: RegistryEvent
  readonly order: number
}

interface Events {
  /** By commit, the one that was registered last at the end. */
  readonly versions: Map<string, Registered[]>
  /** The last (un)assignment by stage and commit. */
  readonly stages: Map<string, Map<string, Assigned>>
  deprecated: boolean
}

function register(versions: Events['versions'], event: RegistryEvent, version: string, order: number): void {
  const { at, commit, tag } = event
  const active = event.event === 'registration'
  const here = versions.get(commit) ?? []
  const place = here.findIndex(({ last }) => last.version === version)
  const [known] = place < 0 ? [] : here.splice(place, 1)
  const last = known && !active ? { ...known.last, active } : { version, commit, tag, at, active }
  here.push({ order: known?.order ?? order, rank: known?.rank ?? precedence(version), last })
  versions.set(commit, here)
}

function take(events: Events, event: RegistryEvent, order: number): void {
  const { stage, version, commit } = event
  events.deprecated = event.event === 'deprecation'
  if (stage !== null) {
    const commits = events.stages.get(stage)
    if (commits) commits.set(commit, { event, order })
    else events.stages.set(stage, new Map([[commit, { event, order }]]))
  } else if (version !== null) register(events.versions, event, version, order)
}

interface Held {
  readonly assignment: Assignment
  readonly since: number
  readonly order: number
}

/** Newest first; within one second gto gives a stage to the version that is older. */
const newestFirst = (a: Held, b: Held) => b.assignment.at - a.assignment.at || a.since - b.since || a.order - b.order

/** The active assignments of a stage: those of versions that are active, and of commits where none was ever registered. */
function assignments(commits: ReadonlyMap<string, Assigned>, versions: Events['versions']): Assignment[] {
  const held: Held[] = []
  for (const [commit, { event, order }] of commits) {
    if (event.event !== 'assignment') continue
    const { at, tag } = event
    const here = versions.get(commit)
    const holder = here?.findLast(({ last }) => last.active)
    if (holder)
      held.push({
        assignment: { version: holder.last.version, commit, tag, at },
        since: holder.last.at,
        order: holder.order,
      })
    else if (!here) held.push({ assignment: { version: commit, commit, tag, at }, since: at, order })
  }
  return held.sort(newestFirst).map(({ assignment }) => assignment)
}

function model(name: string, { versions, stages, deprecated }: Events): RegistryModel {
  const sorted = [...versions.values()]
    .flat()
    .sort((a, b) => comparePrecedence(b.rank, a.rank) || b.order - a.order)
    .map(({ last }) => last)
  const held = [...stages]
    .map(([stage, commits]) => [stage, assignments(commits, versions)] as const)
    .filter(([, all]) => all.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    name,
    deprecated,
    latest: sorted.find(({ active }) => active) ?? null,
    versions: sorted,
    stages: new Map(held),
  }
}

/**
 * Every model after some events, which are oldest first. As in gto a version lives at its commit, and stages belong to
 * the commit: a version that is registered again elsewhere does not get its stages back.
 */
export function foldEvents(events: Iterable<RegistryEvent>): ReadonlyMap<string, RegistryModel> {
  const models = new Map<string, Events>()
  let order = 0
  for (const event of events) {
    let known = models.get(event.model)
    if (!known) {
      known = { versions: new Map(), stages: new Map(), deprecated: false }
      models.set(event.model, known)
    }
    take(known, event, order++)
  }
  return new Map(
    [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, events]) => [name, model(name, events)] as const),
  )
}
