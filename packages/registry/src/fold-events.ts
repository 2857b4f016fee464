import { compareVersions } from './compare-versions.ts'
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
type Ordered<T> = T & { readonly order: number }
type Stage = Ordered<{ readonly at: number; readonly tag: string; readonly active: boolean }>

interface Commit {
  readonly versions: Map<string, Ordered<RegisteredVersion>>
  readonly stages: Map<string, Stage>
}

interface Events {
  readonly commits: Map<string, Commit>
  deprecated: boolean
}

function take({ commits }: Events, { at, event, version, stage, commit, tag }: RegistryEvent, order: number): void {
  let here = commits.get(commit)
  if (!here) {
    here = { versions: new Map(), stages: new Map() }
    commits.set(commit, here)
  }
  if (version !== null && stage === null) {
    const known = here.versions.get(version)
    const active = event === 'registration'
    here.versions.delete(version)
    here.versions.set(version, {
      ...(known && !active ? known : { version, commit, tag, at, order: known?.order ?? order }),
      active,
    })
  } else if (stage !== null) here.stages.set(stage, { at, tag, active: event === 'assignment', order })
}

interface Held extends Assignment {
  readonly since: number
  readonly order: number
}

/** The active assignments at a commit: those of its newest active version, or of the commit where none was ever registered. */
function* assignments(commit: string, { versions, stages }: Commit): Generator<readonly [string, Held]> {
  const version = [...versions.values()].findLast(({ active }) => active)
  if (!version && versions.size > 0) return
  for (const [stage, { at, tag, active, order }] of stages)
    if (active)
      yield [
        stage,
        {
          version: version?.version ?? commit,
          commit,
          tag,
          at,
          since: version?.at ?? Number.MAX_VALUE,
          order: version?.order ?? order,
        },
      ]
}

/** Newest first; within one second gto gives a stage to the version that is older. */
const newestFirst = (a: Held, b: Held) => b.at - a.at || a.since - b.since || a.order - b.order

function model(name: string, { commits, deprecated }: Events): RegistryModel {
  const versions: Ordered<RegisteredVersion>[] = []
  const held = new Map<string, Held[]>()
  for (const [commit, here] of commits) {
    versions.push(...here.versions.values())
    for (const [stage, assignment] of assignments(commit, here)) {
      const others = held.get(stage)
      if (others) others.push(assignment)
      else held.set(stage, [assignment])
    }
  }
  versions.sort((a, b) => compareVersions(b.version, a.version) || b.order - a.order)
  const sorted = versions.map(({ order: _, ...version }) => version)
  return {
    name,
    deprecated,
    latest: sorted.find(({ active }) => active) ?? null,
    versions: sorted,
    stages: new Map(
      [...held]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([stage, all]) => [stage, all.sort(newestFirst).map(({ since, order, ...assignment }) => assignment)]),
    ),
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
      known = { commits: new Map(), deprecated: false }
      models.set(event.model, known)
    }
    known.deprecated = event.event === 'deprecation'
    if (event.event !== 'deprecation') take(known, event, order++)
  }
  return new Map(
    [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, events]) => [name, model(name, events)] as const),
  )
}
